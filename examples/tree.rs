//! Prints how the parser reads sentences: one a line of standard input, a word a line with its class, head and relation.
//!
//! `echo "Talks began in May." | cargo run --example tree`

use dateline::text::syntax::Model;
use dateline::text::tokenize;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lines() {
        let line = line?;
        let mut tokens = Vec::new();
        tokenize(&line, 0, line.len(), &mut tokens);
        let tree = Model::builtin().analyse(&line, &tokens);
        for (i, (word, token)) in tree.words.iter().zip(&tokens).enumerate() {
            let head = word.head.map_or("-".to_string(), |h| h.to_string());
            let form = &line[token.range()];
            println!(
                "{i:>3} {form:<16} {:<6} {:?} {:<16} {head:>3} {:?}",
                format!("{:?}", word.upos),
                word.form,
                word.lemma,
                word.relation
            );
        }
        println!();
    }
    Ok(())
}
