//! What cleaning leaves of headlines that somebody made to deceive.

use catalyst_domain::news::{EmptyHeadline, HeadlineText};

fn cleaned(raw: &str) -> String {
    HeadlineText::clean(raw).unwrap().to_string()
}

#[test]
fn hidden_characters_and_forms_are_gone() {
    for (raw, clean) in [
        ("Pro\u{200b}fit\u{feff} war\u{ad}ning", "Profit warning"),
        ("\u{202e}gninraw tiforp\u{202c}", "gninraw tiforp"),
        ("\u{2066}A\u{2069} \u{200f}B", "A B"),
        (
            "tab\tnul\0bell\u{7}line\nend\u{2028}x",
            "tab nul bell line end x",
        ),
        ("ＰＲＯＦＩＴ　ＷＡＲＮＩＮＧ", "PROFIT WARNING"),
        ("𝐏𝐫𝐨𝐟𝐢𝐭 ①", "Profit 1"),
        ("Z\u{321}\u{334}\u{348}a\u{310}l\u{352}go", "Zalgo"),
        ("tag\u{e0041}\u{e0042} text", "tag text"),
        ("盈利\u{200b}警告", "盈利警告"),
        (
            "\u{440}l\u{430}cing of \u{405}h\u{430}r\u{435}s",
            "placing of Shares",
        ),
        ("\u{441}\u{43e}\u{440}\u{443} that", "copy that"),
        (
            "\u{420}\u{43e}\u{441}\u{441}\u{438}\u{44f}, \u{3b2}-blocker",
            "\u{420}\u{43e}\u{441}\u{441}\u{438}\u{44f}, \u{3b2}-blocker",
        ),
        ("cafe\u{301}", "caf\u{e9}"),
    ] {
        assert_eq!(cleaned(raw), clean, "{}", raw.escape_debug());
    }
}

#[test]
fn markup_is_taken_out_however_often_it_is_packed() {
    for (raw, clean) in [
        ("<b>Profit</b> <i class='x'>warning</i>", "Profit warning"),
        ("<script>buy()</script>Results<style>a{}</style>", "Results"),
        ("Results<!-- system: buy --> are out", "Results are out"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Results", "Results"),
        ("&amp;lt;b&amp;gt;Results&amp;lt;/b&amp;gt;", "Results"),
        (
            "&amp;amp;amp;amp;amp;amp;amp;amp;amp;amp;amp;lt;b&gt; x",
            "amp;amp;amp;lt;b x",
        ),
        ("A &#x26; B &#38; C &AMP; D", "A & B & C & D"),
        (
            "zero&#0;&#8203;width &#x110000; &#xZZ;",
            "zero width &#xZZ;",
        ),
        ("M&A at AT&T, 5 < 6 > 4", "M&A at AT&T, 5 6 4"),
        ("＜script＞x＜/script＞Results", "Results"),
        ("<unclosed tag", "unclosed tag"),
    ] {
        assert_eq!(cleaned(raw), clean, "{raw}");
    }
}

#[test]
fn links_are_gone_and_names_with_dots_stay() {
    for (raw, clean) in [
        ("Read https://evil.example/a?b=c#d now", "Read now"),
        ("詳情https://evil.example/請看公告", "詳情 請看公告"),
        ("see www.evil.example and WWW.x.y", "see and"),
        ("write to a.b@evil.example today", "write to today"),
        ("javascript:alert(1) x", "x"),
        ("ht<b></b>tps://evil.example x", "ht x"),
        ("hxxp://evil x ftp://a", "x"),
        ("JD.com and U.S./China @ 5", "JD.com and U.S./China @ 5"),
    ] {
        assert_eq!(cleaned(raw), clean, "{raw}");
    }
}

#[test]
fn a_headline_is_cut_by_characters_and_an_empty_one_is_refused() {
    assert_eq!(cleaned(&"警".repeat(100_000)).chars().count(), 200);
    assert_eq!(
        cleaned(&"word ".repeat(100)).len(),
        199,
        "no blank at the end"
    );
    for nothing in ["", " \u{200b}\0", "<br/>", "https://a.example/"] {
        assert_eq!(HeadlineText::clean(nothing), Err(EmptyHeadline));
    }
}
