//! Being written by a colleague right now (demo_data, with its CLI subcommand in cli/demo_data.rs): the server engineer leaves this
//! file and that subcommand alone and only declares the module.
