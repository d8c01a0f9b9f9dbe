//! The `katak` command.

fn main() -> std::process::ExitCode {
    katak::cli::run(std::env::args_os())
}
