//! A chronology in LaTeX: a `longtable` with a footnote for each account, or with `\autocite` and a bibliography of its
//! own. Compiles as it is with pdfLaTeX, XeLaTeX and LuaLaTeX; what stands between the marks can be put into a paper.

use super::phrase::{footnotes, headline, labels, place_in, when};
use super::reference::{Reference, key};
use super::{Selection, Style, biblatex, put};
use crate::Result;
use crate::query::Record;
use std::io::Write;

/// What the table needs, in any of the three engines. pdfTeX sets Cyrillic in its own encoding and shows what it has no
/// letter for by its number, so that no sign stops the run.
const PREAMBLE: &str = r"\documentclass[11pt,a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \IfFileExists{t2aenc.def}{\usepackage[T2A,T1]{fontenc}
    \newcommand*\dlcyr[1]{{\fontencoding{T2A}\fontfamily{cmr}\selectfont ##1}}}{\usepackage[T1]{fontenc}
    \newcommand*\dlcyr[1]{[Cyrillic]}}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
  \newcommand*\dlchar[1]{{\ttfamily [U+#1]}}
\else
  \usepackage{fontspec}
  \newcommand*\dlcyr[1]{#1}
  \newcommand*\dlchar[1]{{\ttfamily [U+#1]}}
\fi
\usepackage[margin=25mm]{geometry}
\usepackage{array,longtable}
\IfFileExists{booktabs.sty}{\usepackage{booktabs}}{\let\toprule\hline\let\midrule\hline\let\bottomrule\hline}
";

/// Where what can be put into a paper begins and ends.
const BEGIN: &str = "% --- the chronology: needs longtable, array, booktabs, \\dlcyr and \\dlchar ---\n";
const END: &str = "% --- end of the chronology ---\n";

/// Writes the chronology.
pub(super) fn latex(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let words = labels(style.lang);
    let about = selection.about();
    put(out, &format!("% {}\n", about.sentences().replace('\n', " ")))?;
    if style.autocite {
        bibliography(selection, out)?;
    }
    put(out, PREAMBLE)?;
    if style.autocite {
        put(out, "\\usepackage[style=verbose,autocite=footnote,dashed=false]{biblatex}\n")?;
        put(out, "\\addbibresource{\\jobname-sources.bib}\n")?;
    }
    put(
        out,
        &format!(
            "\\title{{{}}}\n\\date{{}}\n\\begin{{document}}\n\\maketitle\n\\noindent {}.\\par\\medskip\n\
             {{\\small\\noindent Query: {}. Corpus: {}. Made by {} from {}.\\par}}\\medskip\n",
            escape(words.chronology),
            escape(&about.answer),
            escape(&about.query),
            escape(&about.coverage),
            escape(&about.generator),
            escape(&about.state())
        ),
    )?;
    put(out, BEGIN)?;
    put(out, "{\\renewcommand*\\arraystretch{1.15}\n")?;
    put(
        out,
        &format!(
            "\\begin{{longtable}}{{@{{}}>{{\\raggedright\\arraybackslash}}p{{0.24\\linewidth}}\
             >{{\\raggedright\\arraybackslash}}p{{0.71\\linewidth}}@{{}}}}\n\\toprule\n{} & {} \\\\\n\\midrule\n\
             \\endhead\n\\bottomrule\n\\endfoot\n",
            escape(words.date),
            escape(words.event)
        ),
    )?;
    let count = selection.each(|record| {
        let notes = notes(record, style);
        let said = headline(&record.answer, style.lang);
        put(
            out,
            &format!(
                "% {}\n{} & {}{notes} \\\\\n",
                record.answer.event.uid,
                escape(&when(&record.answer, style.lang)),
                escape(&said)
            ),
        )
    })?;
    put(out, "\\end{longtable}}\n")?;
    put(out, END)?;
    if style.autocite {
        put(out, "\\printbibliography\n")?;
    } else {
        list_of_sources(selection, style, out)?;
    }
    put(out, "\\end{document}\n")?;
    Ok(count)
}

/// The marks of an event: `\footnote{“words” (05DUSHANBE1839, ¶ 2 (C), 21 Nov. 2005)}` for each account, or one
/// `\autocites[¶ 2 (C)]{05DUSHANBE1839}…` for all.
fn notes(record: &Record, style: &Style) -> String {
    if style.autocite && !record.told_by.is_empty() {
        let cited = record.told_by.iter().map(|told| {
            let place = place_in(told, style.lang);
            let place = if place.is_empty() { String::new() } else { format!("[{{{}}}]", escape(&place)) };
            format!("{place}{{{}}}", key(&told.document.name))
        });
        return format!("\\autocites{}", cited.collect::<String>());
    }
    let marks: Vec<String> =
        footnotes(record, style.lang).iter().map(|said| format!("\\footnote{{{}}}", escape(said))).collect();
    // Two marks side by side would read as one number.
    marks.join("\\textsuperscript{,}")
}

/// The sources as a file of their own that LaTeX writes beside itself. In it stands what BibLaTeX reads, as it is.
fn bibliography(selection: &Selection, out: &mut dyn Write) -> Result<()> {
    put(out, "\\begin{filecontents*}[overwrite]{\\jobname-sources.bib}\n")?;
    selection.sources(|source| put(out, &biblatex::entry(&Reference::of(source))))?;
    put(out, "\\end{filecontents*}\n")
}

fn list_of_sources(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<()> {
    let mut none = true;
    selection.sources(|source| {
        if std::mem::take(&mut none) {
            put(
                out,
                &format!(
                    "\\section*{{{}}}\n\\begin{{list}}{{}}{{\\setlength{{\\leftmargin}}{{1.5em}}\
                \\setlength{{\\itemindent}}{{-1.5em}}\\setlength{{\\itemsep}}{{0pt}}}}\\raggedright\n",
                    escape(labels(style.lang).sources)
                ),
            )?;
        }
        let said = Reference::of(source).in_words(style.lang);
        put(out, &format!("\\item {}\n", escape(&said)))
    })?;
    if none { Ok(()) } else { put(out, "\\end{list}\n") }
}

/// Text for LaTeX: its special signs escaped, Cyrillic marked, signs that pdfTeX has no letter for by their number.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut cyrillic = false;
    for c in text.chars() {
        let is =
            matches!(c, '\u{400}'..='\u{45f}' | '\u{490}'..='\u{491}' | '\u{49a}'..='\u{49b}' | '\u{4b2}'..='\u{4b3}');
        if is != cyrillic {
            out.push_str(if is { "\\dlcyr{" } else { "}" });
            cyrillic = is;
        }
        match special(c) {
            Some(escaped) => out.push_str(escaped),
            None if is || known(c) => out.push(c),
            None if ignorable(c) => {}
            None => out.push_str(&format!("\\dlchar{{{:X}}}", c as u32)),
        }
    }
    if cyrillic {
        out.push('}');
    }
    out
}

fn special(c: char) -> Option<&'static str> {
    Some(match c {
        '\\' => "\\textbackslash{}",
        '{' => "\\{",
        '}' => "\\}",
        '$' => "\\$",
        '&' => "\\&",
        '#' => "\\#",
        '%' => "\\%",
        '_' => "\\_",
        '^' => "\\textasciicircum{}",
        '~' => "\\textasciitilde{}",
        '<' => "\\textless{}",
        '>' => "\\textgreater{}",
        '|' => "\\textbar{}",
        '"' => "\\textquotedbl{}",
        '[' => "{[}",
        ']' => "{]}",
        '¶' => "\\P{}",
        '§' => "\\S{}",
        '€' => "\\texteuro{}",
        '…' => "\\dots{}",
        '\u{a0}' => "~",
        '\u{ad}' => "\\-",
        // The turned comma and apostrophe of Latin Uzbek.
        'ʻ' => "‘",
        'ʼ' | 'ʹ' => "’",
        '‐' | '‑' => "-",
        '−' => "--",
        '\u{2002}'..='\u{200a}' | '\u{202f}' => " ",
        '\n' | '\t' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => " ",
        _ => return None,
    })
}

/// Letters and signs that pdfTeX's T1 encoding has, by `utf8` input (t1enc.dfu, ts1enc.dfu).
fn known(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '¡'..='ÿ' => true,
        'Ā'..='ž' => !matches!(c, 'Ħ' | 'ħ' | 'ĸ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'Ŧ' | 'ŧ'),
        '–' | '—' | '‘' | '’' | '‚' | '“' | '”' | '„' | '†' | '‡' | '•' | '‰' | '‹' | '›' | '№' | '™' => {
            true
        }
        _ => false,
    }
}

/// Signs without a shape: marks of direction, joiners, controls.
fn ignorable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Format;
    use crate::export::tests::written;

    #[test]
    fn specials_are_text() {
        for (text, tex) in [
            (
                "100% & $5_#1 {a} ~^\\",
                "100\\% \\& \\$5\\_\\#1 \\{a\\} \\textasciitilde{}\\textasciicircum{}\\textbackslash{}",
            ),
            ("a\nb\u{200f}c", "a bc"),
            ("Ўз Oʻz", "\\dlchar{40E}".replace("\\dlchar{40E}", "\\dlcyr{Ўз} O‘z").as_str()),
            ("\u{1f600}", "\\dlchar{1F600}"),
            ("é ş –", "é ş –"),
        ] {
            assert_eq!(escape(text), tex, "{text}");
        }
    }

    #[test]
    fn every_account_has_its_footnote_or_citation() {
        let text = written(Format::Latex, &Style::default());
        assert_eq!(text.matches("\\footnote{").count(), 4, "{text}");
        assert!(
            text.contains("\\footnote{“Ruritania signed the Treaty of Dustville.” (05DUSTVILLE7, \\P{} 2 (C), 2005)}"),
            "{text}"
        );
        assert!(text.contains("13 May 2005 & Ruritania signs a treaty"));
        let text = written(Format::Latex, &Style { autocite: true, ..Style::default() });
        assert!(text.contains("\\autocites[{\\P{} 2 (C)}]{05DUSTVILLE7}"), "{text}");
        assert!(text.contains("\\begin{filecontents*}") && text.contains("\\printbibliography"));
    }

    #[test]
    fn braces_are_balanced() {
        for autocite in [false, true] {
            let text = written(Format::Latex, &Style { autocite, ..Style::default() });
            let plain = text.replace("\\{", "").replace("\\}", "");
            let depth = plain.chars().try_fold(0i32, |d, c| match c {
                '{' => Some(d + 1),
                '}' => Some(d - 1).filter(|d| *d >= 0),
                _ => Some(d),
            });
            assert_eq!(depth, Some(0));
        }
    }
}
