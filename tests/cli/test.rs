use super::{Scratch, TRIANGLE, katak};

#[test]
fn a_case_is_new_then_accepted_then_passes_then_changes() {
    let scratch = Scratch::new(&[("cases/one/rules.ron", TRIANGLE)]);
    let cases = scratch.path("cases");
    let new = katak(&["test", &cases]);
    assert_eq!(new.code, 1);
    assert!(
        new.out.contains("new      one") && new.out.contains("ally(\"Katak\", \"Kodok\", \"Ular\")"),
        "{}",
        new.out
    );
    assert_eq!(katak(&["test", &cases, "--accept"]).code, 0);
    assert_eq!(katak(&["test", &cases]).out, "passed   one\n1 passed, 0 failed\n");
    scratch.write("cases/one/rules.ron", TRIANGLE.replace("Ular\")]", "Elang\")]").as_bytes());
    let changed = katak(&["test", &cases]);
    assert_eq!(changed.code, 1);
    assert!(changed.out.contains("-ally(\"Katak\", \"Kodok\", \"Ular\")"), "{}", changed.out);
}

#[test]
fn a_folder_without_cases_is_code_2() {
    let scratch = Scratch::new(&[("empty/x", "")]);
    assert_eq!(katak(&["test", &scratch.path("empty")]).code, 2);
}
