//! Whether the process was started without a standard output, as by `>&-`.
//!
//! Before `main` Rust's runtime puts `/dev/null` in its place, so that no file that is opened later is taken for it. What
//! is written then is lost, and nothing fails. So only what runs before the runtime can tell.

#![allow(unsafe_code)]

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Makes sure that what is written to standard output goes somewhere.
///
/// # Errors
///
/// If the process was started without one, where the system tells.
pub fn make_sure_of_output() -> io::Result<()> {
    if WAS_CLOSED.load(Ordering::Relaxed) { Err(io::Error::other("it is closed")) } else { Ok(()) }
}

// SAFETY: what stands in this section the loader calls once before `main`, on the only thread. The function takes nothing,
// needs nothing of the runtime and can't unwind.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[used]
#[unsafe(link_section = ".init_array")]
static LOOK: extern "C" fn() = look;

/// Looks whether there is a standard output.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
extern "C" fn look() {
    // SAFETY: it asks for the flags of a descriptor, which fails if there is none.
    let flags = unsafe { libc::fcntl(libc::STDOUT_FILENO, libc::F_GETFD) };
    WAS_CLOSED.store(flags == -1, Ordering::Relaxed);
}
