//! How the binary is linked.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        // The tables of encodings, glyphs and stop words hold 60,000 addresses. In a binary that may lie anywhere each of
        // them is written anew whenever it starts, which takes a millisecond, a tenth of a query. What reads pages is all
        // in Rust, so that there is little for chance addresses to guard.
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
