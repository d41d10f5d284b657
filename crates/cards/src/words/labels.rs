pub(super) static LABELS: [(&str, &str); 1] = [("Output", "出力")];
