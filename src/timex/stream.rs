//! Texts of any length in bounded memory: tagged piece by piece.

use super::tagger::{Reading, Tagger};
use super::{Context, Timex, light};

/// Longest piece (bytes).
pub(super) const PIECE: usize = 1 << 19;

/// A text that is being tagged piece by piece; made by [`Tagger::stream`].
///
/// What was told goes over from piece to piece. Whether the text is news or a narrative is decided by its first piece,
/// and an expression across the cut between two pieces is not found; a cut lies at the end of a paragraph or sentence
/// where there is one.
pub struct Stream<'a> {
    tagger: &'a Tagger,
    context: Context,
    reading: Reading,
}

impl<'a> Stream<'a> {
    pub(super) fn new(tagger: &'a Tagger, context: Context) -> Self {
        let reading = Reading::new(&context);
        Stream { tagger, context, reading }
    }

    /// How many bytes of a text a caller must have at hand, if there are so many, for the cuts to lie where they would
    /// lie in the whole text.
    pub const AHEAD: usize = PIECE + 1;

    /// Tags the next piece of a text: the beginning of `rest`, which must hold [`Stream::AHEAD`] bytes unless the text
    /// ends with it. Returns the length of the piece in bytes, 0 only for an empty `rest`. `sink` is given the piece
    /// and what is found in it (ranges are bytes of the piece), in order, some thousands at a time.
    pub fn piece(&mut self, rest: &str, mut sink: impl FnMut(&str, Vec<Timex>)) -> usize {
        let piece = rest.get(..light::cut(rest, PIECE)).unwrap_or(rest);
        let (tokens, ranges) = light::runs(piece);
        let runs: Vec<_> = ranges.into_iter().filter_map(|range| tokens.get(range)).collect();
        self.tagger.read(piece, &runs, &self.context, &mut self.reading, &mut |found| sink(piece, found));
        piece.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use crate::timex::Anchoring;

    #[test]
    fn a_long_text_is_read_in_pieces_and_loses_nothing() {
        let tagger = Tagger::new(&Rules::builtin()).expect("the built-in rules");
        let line = "Nothing of note was told to them, nor was there anyone to tell it to. ";
        let day = "2005-11-21".parse().ok();
        for filler in [line.to_string(), line.replace(". ", ".\n\n"), line.replace(['.', ','], ""), "x".repeat(75)] {
            // The reference time goes over a cut.
            let text =
                format!("In March 1944 they came. {} They left in May.", filler.repeat(PIECE / filler.len() + 9));
            let found = tagger.tag_text(&text, day, Anchoring::Narrative);
            let told: Vec<_> = found.iter().map(|t| (&text[t.range.clone()], t.value.as_str())).collect();
            assert_eq!(told, [("March 1944", "1944-03"), ("May", "1944-05")]);
        }
        let many = "On May 5 they met. ".repeat((PIECE + 9999) / 19);
        let found = tagger.tag_text(&many, day, Anchoring::News);
        assert_eq!(found.len(), (PIECE + 9999) / 19);
        assert!(found.iter().all(|t| &many[t.range.clone()] == "May 5" && t.value == "2005-05-05"));
        assert!(found.windows(2).all(|two| two[0].range.end < two[1].range.start && two[0].sentence < two[1].sentence));
    }
}
