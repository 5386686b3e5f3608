//! Dates and merges the triggers that people marked in a gold file, and writes what `eval/score_events.py` reads.
//!
//! `cargo run --example probe -- GOLD.jsonl DOCUMENT... > mentions.jsonl`

use dateline::document::{Mapping, inputs};
use dateline::event::{EventType, Extractor, Mark};
use dateline::merge::{Account, Decisions, Words, merge};
use dateline::rules::Rules;
use serde_json::Value;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let gold = args.next().ok_or("usage: probe GOLD.jsonl DOCUMENT...")?;
    let rows: Vec<Value> =
        std::fs::read_to_string(gold)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let extractor = Extractor::new(&Rules::builtin())?;
    let paths: Vec<PathBuf> = args.collect();
    let (mut rows_out, mut accounts): (Vec<Value>, Vec<Account>) = (Vec::new(), Vec::new());
    for input in inputs(&paths, &Mapping::default())? {
        let document = input?.read()?;
        let name = document.source.rsplit('/').next().unwrap_or_default().trim_end_matches(".txt").to_string();
        let short = name.split('_').next().unwrap_or_default();
        let own = |r: &&Value| r["doc"] == *name || r["doc"] == *short;
        let wanted = rows.iter().filter(own).filter(|r| r["importance"] != "header");
        let (mut ids, mut marks) = (Vec::new(), Vec::new());
        for row in wanted {
            let kind = row["event_type"].as_str().and_then(EventType::parse).unwrap_or(EventType::Other);
            for m in row["mentions"].as_array().into_iter().flatten() {
                let at = |key: &str| m[key].as_u64().unwrap_or_default() as usize;
                ids.push(m["mid"].clone());
                marks.push(Mark { trigger: at("trigger_start")..at("trigger_end"), kind });
            }
        }
        for ((id, mark), mention) in ids.iter().zip(&marks).zip(extractor.probe(&document, &marks)) {
            let Some(mention) = mention else { continue };
            let mut row = serde_json::to_value(&mention)?;
            row["mid"] = id.clone();
            row["trigger"]["start"] = mark.trigger.start.into();
            row["trigger"]["end"] = mark.trigger.end.into();
            rows_out.push(row);
            let doc_date = document.date.as_ref().map(|d| d.day);
            accounts.push(Account { key: id.to_string(), mention, source: document.id.clone(), doc_date });
        }
    }
    for cluster in merge(&accounts, &Decisions::default(), &Words::new(&Rules::builtin())?) {
        for member in cluster.members {
            rows_out[member]["event"] = cluster.event.uid.clone().into();
        }
    }
    for row in rows_out {
        println!("{row}");
    }
    Ok(())
}
