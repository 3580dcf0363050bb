// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <sstream>

#include "commands.h"
#include "file_roles.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/show/output_place.h"
#include "standard_streams.h"

namespace {

constexpr int kExitFailure = 1;
constexpr int kExitInterrupted = 130;
constexpr int kExitReaderGone = 141;  // as if SIGPIPE had ended the program
/// glibc's malloc may keep so many heaps. With one for every thread, pictures that one thread makes
/// and another frees leave gaps that grow for half an hour (docs/decisions/0113).
constexpr int kHeaps = 2;

/// For tests and other programs: not in the list of commands.
void add_options(CLI::App& app) {
  CLI::App* command = app.add_subcommand("options", "The options of every command, as JSON");
  command->group("");
  command->callback([&app] { fmt::print("{}\n", kata::options_json(app)); });
}

int run(int argc, char** argv) {
  CLI::App app{
      "Kata teaches movements: show it a few repetitions right and a few wrong, then it watches a "
      "learner."};
  app.name("kata");
  app.set_version_flag("--version", "kata " KATA_VERSION);
  app.require_subcommand(1);
  app.fallthrough(false);
  for (const auto add :
       {kata::add_demo,     kata::add_check,   kata::add_track,    kata::add_record,
        kata::add_teach,    kata::add_label,   kata::add_train,    kata::add_watch,
        kata::add_evaluate, kata::add_new,     kata::add_list,     kata::add_show,
        kata::add_relabel,  kata::add_remove,  kata::add_restore,  kata::add_play,
        kata::add_rename,   kata::add_merge,   kata::add_compact,  kata::add_import,
        kata::add_export,   kata::add_archive, kata::add_progress, kata::add_publish,
        kata::add_serve,    kata::add_forget}) {
    add(app);
  }
  add_options(app);
  app.parse_complete_callback([&app] {
    for (CLI::App* command : app.get_subcommands()) kata::check_files(*command);
  });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream problem;
    const int code = app.exit(error, out, problem);
    fmt::print("{}", out.str());
    fmt::print(stderr, "{}", problem.str());
    return code;
  }
  return 0;
}

/// As run(), with a sentence for what could not be done.
int run_safely(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const kata::Error& error) {
    const bool is_cancelled = error.code() == kata::ErrorCode::kCancelled;
    // Whoever went did not want to know.
    if (is_cancelled && kata::standard_output_failure() == EPIPE) return kExitReaderGone;
    fmt::print(stderr, "kata: {}\n", error.what());
    return is_cancelled ? kExitInterrupted : kExitFailure;
  } catch (const std::exception& error) {
    fmt::print(stderr, "kata: internal error, please report it: {}\n", error.what());
    return kExitFailure;
  }
}

/// The exit code when all that was printed has arrived, or not.
int code_with_output(int code) {
  const int failure = kata::standard_output_failure();
  if (failure == 0 || code != 0) return code;
  if (failure == EPIPE) return kExitReaderGone;
  fmt::print(stderr, "kata: {}\n", kata::write_error("the standard output", failure).what());
  return kExitFailure;
}

}  // namespace

int main(int argc, char** argv) {
#ifdef M_ARENA_MAX
  mallopt(M_ARENA_MAX, kHeaps);
#endif
  kata::guard_standard_streams([] { kata::Interrupt::request_stop(); });
  const kata::Interrupt interrupt;
  return code_with_output(run_safely(argc, argv));
}
