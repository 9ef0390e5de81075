//! Nothing that prints settings prints a secret.

use super::load_text;

#[test]
fn no_print_of_the_settings_or_the_environment_holds_a_secret() {
    let parts = [
        ("ANTHROPIC_API_KEY", "sk-5ecret"),
        ("DB_HOST", "db.example"),
        ("DB_USER", "owner"),
        ("DB_PASSWORD", "db-5ecret"),
        ("SMTP_PASSWORD", "smtp-5ecret"),
    ];
    let url = [("DATABASE_URL", "postgres://owner:url-5ecret@db.example/n")];

    for variables in [parts.as_slice(), url.as_slice()] {
        let settings = load_text("", variables).unwrap();

        let printed = format!(
            "{settings:?} {:?}",
            crate::settings::Environment::of(variables)
        );
        assert!(!printed.contains("5ecret"), "{printed}");
        assert!(printed.contains("claude-sonnet-5-5"), "{printed}");
    }
}
