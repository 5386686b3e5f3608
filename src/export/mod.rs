//! Events for other programs and for papers: one format a file. Each writes to what it is given and knows no command
//! line.

mod csv;
mod jsonl;
mod markdown;
mod mentions;

pub use csv::csv;
pub use jsonl::jsonl;
pub use markdown::{citation, markdown};
pub use mentions::{mention_line, mentions};

#[cfg(test)]
pub(crate) mod tests {
    use crate::date::Fit;
    use crate::query::{AccountRow, Answer, Status};
    use crate::store::tests::{event, found};

    /// An event as an answer.
    pub(crate) fn answer(uid: &str, edtf: &str) -> Answer {
        Answer { id: 1, event: event(uid, edtf), fit: Fit::Definite, status: Status::Machine, first_report: None }
    }

    /// An account of a made-up cable.
    pub(crate) fn row() -> AccountRow {
        let (_, extraction) = found("05DUSTVILLE7", "The treaty\nwas signed.", "2005-05");
        let mut mention = extraction.mentions[0].clone();
        (mention.paragraph, mention.marking) = (Some(2), Some("C".into()));
        AccountRow {
            mention,
            fp: "f".into(),
            stem: "05DUSTVILLE7".into(),
            source: "dir/05DUSTVILLE7.txt".into(),
            title: None,
            author: None,
            origin: None,
            document_date: "2005-06-01".parse().ok(),
            document_date_basis: None,
            event: "e1".into(),
        }
    }
}
