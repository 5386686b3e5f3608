//! Prints the parse of sentences given on the command line.
use dateline::document::Document;
use dateline::text::{sentences, syntax::Model};
fn main() {
    for text in std::env::args().skip(1) {
        let d = Document::from_text("x", text.as_str());
        for s in sentences(&d) {
            let syn = Model::builtin().analyse(&d.text, &s.tokens);
            for (i, w) in syn.words.iter().enumerate() {
                println!(
                    "{i} {} {} {:?} {:?} <- {:?} {}",
                    &d.text[s.tokens[i].range()],
                    w.lemma,
                    w.upos,
                    w.form,
                    w.head,
                    w.relation.name()
                );
            }
            println!();
        }
    }
}
