//! Programs for Windows before they are packed.

use crate::tool;
use anyhow::ensure;
use std::path::Path;

/// Libraries that every Windows 10 and 11 brings along.
const SYSTEM: [&str; 2] = ["api-ms-win-", "ext-ms-win-"];
const LIBRARIES: &[&str] = &[
    "advapi32.dll",
    "bcrypt.dll",
    "bcryptprimitives.dll",
    "cfgmgr32.dll",
    "combase.dll",
    "comctl32.dll",
    "comdlg32.dll",
    "crypt32.dll",
    "d3d12.dll",
    "d3dcompiler_47.dll",
    "dwmapi.dll",
    "dxgi.dll",
    "gdi32.dll",
    "imm32.dll",
    "iphlpapi.dll",
    "kernel32.dll",
    "msvcrt.dll",
    "ncrypt.dll",
    "netapi32.dll",
    "ntdll.dll",
    "ole32.dll",
    "oleaut32.dll",
    "opengl32.dll",
    "pdh.dll",
    "powrprof.dll",
    "propsys.dll",
    "psapi.dll",
    "rpcrt4.dll",
    "secur32.dll",
    "setupapi.dll",
    "shell32.dll",
    "shlwapi.dll",
    "synchronization.dll",
    "uiautomationcore.dll",
    "user32.dll",
    "userenv.dll",
    "uxtheme.dll",
    "version.dll",
    "winhttp.dll",
    "winmm.dll",
    "winspool.drv",
    "ws2_32.dll",
    "wtsapi32.dll",
];

/// Fails when a program needs a library that Windows does not bring along: it would not start on a clerk's machine.
///
/// # Errors
/// With the names of those libraries, or when the program cannot be read.
pub(crate) fn needs_only_windows(program: &Path) -> anyhow::Result<()> {
    let read = tool::run("x86_64-w64-mingw32-objdump", ["-p".as_ref(), program.as_os_str()])?;
    let foreign: Vec<String> = imports(&read).filter(|name| !is_of_windows(name)).collect();
    ensure!(foreign.is_empty(), "{} needs {}", program.display(), foreign.join(", "));
    Ok(())
}

fn imports(read: &str) -> impl Iterator<Item = String> {
    read.lines().filter_map(|line| line.trim().strip_prefix("DLL Name: ")).map(str::to_ascii_lowercase)
}

fn is_of_windows(library: &str) -> bool {
    SYSTEM.iter().any(|start| library.starts_with(start)) || LIBRARIES.contains(&library)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_of_the_compiler_is_told_from_those_of_windows() {
        let read = "\tDLL Name: KERNEL32.dll\n\tDLL Name: api-ms-win-core-synch-l1-2-0.dll\n\tDLL Name: libgcc_s_seh-1.dll\n";
        let foreign: Vec<String> = imports(read).filter(|name| !is_of_windows(name)).collect();
        assert_eq!(foreign, ["libgcc_s_seh-1.dll"]);
    }
}
