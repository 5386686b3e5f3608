//! From what a person writes to an actor's code.

use crate::store::Store;
use crate::{Error, Result};
use strsim::jaro_winkler;

/// How alike a code or name must be to be suggested.
const ALIKE: f64 = 0.75;

/// The code of the actor called so: a code in any case, or a name.
///
/// # Errors
/// [`Error::Usage`] when the database knows no such actor; the message names near ones.
pub fn actor(store: &Store, asked: &str) -> Result<String> {
    let known = known(store).map_err(|e| store.explain(e))?;
    let wanted = asked.trim().to_lowercase();
    if let Some((code, _)) = known.iter().find(|(code, _)| code.to_lowercase() == wanted) {
        return Ok(code.clone());
    }
    if let Some((code, _)) = known.iter().find(|(_, name)| name.to_lowercase() == wanted) {
        return Ok(code.clone());
    }
    let mut near: Vec<(f64, &(String, String))> = known
        .iter()
        .map(|entry| (likeness(&wanted, &entry.0).max(likeness(&wanted, &entry.1)), entry))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let near: Vec<String> = near.iter().take(4).map(|(_, (code, name))| described(code, name)).collect();
    let hint = if near.is_empty() {
        "`dateline stats` lists the actors of the database".to_string()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    Err(Error::Usage(format!("no actor \"{}\" in {}; {hint}", asked.trim(), store.path().display())))
}

fn described(code: &str, name: &str) -> String {
    if name.is_empty() || name == code { code.to_string() } else { format!("{code} ({name})") }
}

fn likeness(wanted: &str, known: &str) -> f64 {
    let known = known.to_lowercase();
    // A part of a name is a good hint: "karimov" for "Islam Karimov", "putin" for "RUS.PUTIN".
    if wanted.len() >= 3 && known.split(['.', ' ', '-']).any(|part| part == wanted) {
        return 1.0;
    }
    jaro_winkler(wanted, &known)
}

fn known(store: &Store) -> rusqlite::Result<Vec<(String, String)>> {
    // A state that is only ever named through its offices and persons is known too.
    let mut statement = store.conn.prepare_cached(
        "SELECT code, name FROM actor UNION SELECT top, top FROM actor WHERE top NOT IN (SELECT code FROM actor) \
         ORDER BY 1",
    )?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The display name of an actor; its code where the database knows none.
///
/// # Errors
/// [`Error::Database`] when the database cannot be read.
pub fn names(store: &Store) -> Result<rustc_hash::FxHashMap<String, String>> {
    Ok(known(store).map_err(|e| store.explain(e))?.into_iter().collect())
}
