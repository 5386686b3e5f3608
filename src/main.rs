//! The command line. Thin: everything is in the library.

/// What a document is read with is many small pieces, made and dropped in several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    dateline::cli::main()
}
