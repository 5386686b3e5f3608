//! Events for the tests of charts: written from general knowledge to exercise every form of date, not verified history.

use crate::date::{Date, NaiveDate};
use crate::event::{EventType, Modality, Participant, Role};
use crate::merge::Event;

/// One event of a test.
pub fn event(edtf: &str, headline: &str, kind: &str, actors: &[&str], modality: Modality, salience: f64) -> Event {
    let number = headline.bytes().chain(edtf.bytes()).fold(7u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
    Event {
        uid: format!("e{:010x}", number & 0xff_ffff_ffff),
        headline: headline.to_string(),
        kind: EventType::parse(kind).expect(kind),
        mode: None,
        subtype: None,
        contexts: Vec::new(),
        actors: actors
            .iter()
            .map(|code| Participant {
                code: code.to_string(),
                top: code.to_string(),
                role: Role::Initiator,
                text: String::new(),
            })
            .collect(),
        modality,
        place: None,
        date: Date::from_edtf(edtf).expect(edtf),
        date_trace: String::new(),
        conflict: false,
        warning: None,
        named_event: None,
        salience,
        confidence: 0.8,
        accounts: 1,
        documents: 1,
        sources: 1,
    }
}

/// So many events, three in ten of them in one year, spread without randomness.
pub fn many(n: usize) -> Vec<Event> {
    let kinds: Vec<EventType> = EventType::all().collect();
    let partners = ["RUS", "USA", "NATO", "CSTO", "SCO", "KAZ", "ZZZ"];
    let first = NaiveDate::from_ymd_opt(1991, 1, 1).expect("a date");
    (0..n)
        .map(|i| {
            let spread = (i * 7919) % 8036;
            let crowded = 5113 + (i * 31) % 365;
            let day = first + chrono::Days::new(if i % 10 < 3 { crowded } else { spread } as u64);
            let partner = partners[(i * 5 + i / 7) % partners.len()];
            let headline = format!("Meeting number {i} of Uzbekistan and partner {partner} on trade and borders");
            let mut event = event("2005", &headline, "CONSULT", &["UZB", partner], Modality::Asserted, 0.0);
            event.uid = format!("e{i:010x}");
            event.kind = kinds[i % kinds.len()];
            event.date = Date::day(day);
            event.salience = ((i * 37) % 101) as f64 / 101.0;
            event
        })
        .collect()
}

/// Forty-odd events of 1991–2012 with every form of date.
pub fn sample() -> Vec<Event> {
    use Modality::*;
    type Line<'a> = (&'a str, &'a str, &'a str, &'a [&'a str], Modality, f64);
    let rows: &[Line<'_>] = &[
        ("1991-08-31", "Uzbekistan declares independence", "OTHER", &["UZB"], Asserted, 0.9),
        ("1999-02-16", "Car bombs kill sixteen in Tashkent", "ASSAULT", &["UZB"], Asserted, 0.8),
        ("2000-08-06/2000-09-20", "IMU fighters cross into Surkhandarya", "ASSAULT", &["IMU", "UZB"], Asserted, 0.5),
        ("2004-03-28/2004-04-01", "Attacks in Tashkent and Bukhara", "ASSAULT", &["UZB"], Asserted, 0.5),
        ("2005-05-13", "Troops fire on the crowd in Andijan", "ASSAULT", &["UZB"], Asserted, 1.0),
        ("1991-12-25", "United States recognise Uzbekistan", "SUPPORT", &["USA", "UZB"], Asserted, 0.6),
        ("1996-06-25", "Karimov meets Clinton in Washington", "CONSULT", &["UZB", "USA"], Asserted, 0.5),
        ("1995~", "First American training for Uzbek officers", "COOPERATE", &["USA", "UZB"], Reported, 0.3),
        ("1997-09", "Airborne exercise Centrasbat", "COOPERATE", &["USA", "UZB"], Asserted, 0.4),
        ("2001-10-05", "Tashkent opens Karshi-Khanabad to American aircraft", "AGREE", &["UZB", "USA"], Asserted, 0.9),
        (
            "2001-10-07/2005-11-21",
            "US forces operate from Karshi-Khanabad (K2)",
            "COOPERATE",
            &["USA", "UZB"],
            Ongoing,
            0.9,
        ),
        (
            "2002-03-12",
            "Declaration on strategic partnership signed in Washington",
            "AGREE",
            &["UZB", "USA"],
            Asserted,
            0.8,
        ),
        ("2004-07-13", "State Department withholds aid over human rights", "SANCTION", &["USA", "UZB"], Asserted, 0.7),
        ("2005-06", "Tashkent limits night flights at Karshi-Khanabad", "COERCE", &["UZB", "USA"], Asserted, 0.5),
        (
            "2005-07-29",
            "Tashkent gives Washington six months to leave the base",
            "SANCTION",
            &["UZB", "USA"],
            Asserted,
            1.0,
        ),
        ("2005-11-21", "Last American troops leave Karshi-Khanabad", "RETREAT", &["USA", "UZB"], Asserted, 0.9),
        ("2008?", "Talks on a return of American flights", "CONSULT", &["USA", "UZB"], Reported, 0.3),
        ("2009-04", "Transit agreement for the Northern Distribution Network", "AGREE", &["USA", "UZB"], Asserted, 0.6),
        ("2011-09-22", "Congress lifts restrictions on military aid", "CONCEDE", &["USA", "UZB"], Asserted, 0.6),
        ("1994-07-13", "Uzbekistan joins the Partnership for Peace", "AGREE", &["UZB", "NATO"], Asserted, 0.7),
        ("1995", "First exercises with the Alliance", "COOPERATE", &["UZB", "NATO"], Reported, 0.3),
        ("2002-02/..", "German air base at Termez", "COOPERATE", &["DEU", "UZB"], Ongoing, 0.5),
        ("2005-10-03", "European Union adopts arms embargo and visa bans", "SANCTION", &["EU", "UZB"], Asserted, 0.8),
        ("2005-11-14/2009-10-27", "European sanctions in force", "SANCTION", &["EU", "UZB"], Ongoing, 0.6),
        (
            "2008-04-02/2008-04-04",
            "Karimov attends the NATO summit in Bucharest",
            "CONSULT",
            &["UZB", "NATO"],
            Asserted,
            0.5,
        ),
        ("1992-05-30", "Treaty on the foundations of relations with Russia", "AGREE", &["UZB", "RUS"], Asserted, 0.6),
        ("1999-12-11", "Putin visits Tashkent as prime minister", "CONSULT", &["RUS", "UZB"], Asserted, 0.6),
        ("2004-06-16", "Strategic partnership treaty with Russia", "AGREE", &["UZB", "RUS"], Asserted, 0.8),
        ("2003-08~/2004-06-16", "Gazprom negotiates over gas fields", "CONSULT", &["RUS", "UZB"], Ongoing, 0.4),
        ("2005-09", "First joint exercise with Russia at Forish", "COOPERATE", &["RUS", "UZB"], Asserted, 0.6),
        (
            "2005-11-14",
            "Treaty on allied relations with Russia signed in Moscow",
            "AGREE",
            &["UZB", "RUS"],
            Asserted,
            1.0,
        ),
        (
            "[2005-12,2006-02]",
            "Russia asks for use of the airfield at Navoi",
            "REQUEST",
            &["RUS", "UZB"],
            Reported,
            0.4,
        ),
        ("../2006-12-21", "Moscow obtains emergency rights at Navoi", "AGREE", &["RUS", "UZB"], Reported, 0.4),
        ("1992-05-15", "Collective Security Treaty signed in Tashkent", "AGREE", &["UZB", "CSTO"], Asserted, 0.8),
        ("1999-04", "Uzbekistan lets the Collective Security Treaty lapse", "REJECT", &["UZB", "CSTO"], Future, 0.8),
        (
            "2006-08-16",
            "Uzbekistan returns to the Collective Security Treaty",
            "AGREE",
            &["UZB", "CSTO"],
            Asserted,
            0.7,
        ),
        ("2009-06-14", "Uzbekistan refuses the rapid reaction force", "REJECT", &["UZB", "CSTO"], Asserted, 0.5),
        ("2012-06-28", "Uzbekistan suspends its membership of the CSTO", "REJECT", &["UZB", "CSTO"], Asserted, 0.9),
        (
            "2001-06-15",
            "Uzbekistan joins the Shanghai Cooperation Organisation",
            "AGREE",
            &["UZB", "SCO"],
            Asserted,
            0.7,
        ),
        ("2005-07-05", "SCO summit in Astana asks for a date of withdrawal", "REQUEST", &["SCO", "USA"], Asserted, 0.8),
        ("2012-06-06/2012-06-07", "SCO summit in Beijing", "CONSULT", &["SCO", "UZB"], Asserted, 0.4),
        ("2007-09", "Base of the Organisation in Navoi considered", "CONSULT", &["SCO", "UZB"], Hypothetical, 0.2),
        ("1999-04-24", "Uzbekistan joins GUAM in Washington", "AGREE", &["UZB", "GUAM"], Asserted, 0.6),
        ("2005-05-05", "Uzbekistan leaves GUUAM", "REJECT", &["UZB", "GUAM"], Asserted, 0.6),
        ("2005-08-12", "Kyrgyzstan hands over no refugees", "REJECT", &["KGZ", "UZB"], Negated, 0.3),
    ];
    let mut events: Vec<Event> = rows.iter().map(|(d, h, k, a, m, s)| event(d, h, k, a, *m, *s)).collect();
    if let Some(event) = events.iter_mut().find(|e| e.headline.starts_with("Russia asks")) {
        event.conflict = true;
    }
    events
}
