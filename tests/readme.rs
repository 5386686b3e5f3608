//! README.md tells of every command.

use assert_cmd::Command;

#[test]
fn every_command_is_in_the_readme() {
    let help = Command::cargo_bin("dateline").expect("the binary").arg("--help").output().expect("help is printed");
    let help = String::from_utf8(help.stdout).expect("help is text");
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|l| !l.starts_with("Commands:"))
        .skip(1)
        .take_while(|l| l.starts_with("  "))
        .filter(|l| !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 10, "the list of commands was not found in:\n{help}");
    let readme = include_str!("../README.md");
    let missing: Vec<&&str> = commands.iter().filter(|c| !readme.contains(&format!("`{c}`"))).collect();
    assert!(missing.is_empty(), "README.md does not name: {missing:?}");
}
