//! How the system's allocator is set up: the only unsafe code of ibid.

#![allow(unsafe_code)]

/// Blocks of so many bytes or more go back to the system as soon as they are free.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const GIVEN_BACK_BYTES: libc::c_int = 1 << 20;

/// Has large blocks of memory given back when they are free.
///
/// Where one of up to 32 MiB was, glibc otherwise keeps what is as large from then on, by thread: five threads that
/// each had a large article would keep hundreds of megabytes that none of them uses. Other systems have no such
/// setting.
pub(super) fn set_up() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: `mallopt` takes two numbers and changes the allocator's parameters, under its lock. A number that it
    // refuses changes nothing.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, GIVEN_BACK_BYTES);
    }
}
