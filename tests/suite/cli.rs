//! Transcripts: what a person types and sees, one file a case in `tests/cmd`.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
