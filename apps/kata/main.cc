// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "commands.h"
#include "interrupt.h"
#include "kata/core/error.h"

namespace {

constexpr int kExitFailure = 1;
constexpr int kExitInterrupted = 130;
/// glibc's malloc may keep so many heaps. With one for every thread, pictures that one thread makes
/// and another frees leave gaps that grow for half an hour (docs/decisions/0113).
constexpr int kHeaps = 2;

int run(int argc, char** argv) {
  CLI::App app{
      "Kata teaches movements: show it a few repetitions right and a few wrong, then it watches a "
      "learner."};
  app.name("kata");
  app.set_version_flag("--version", "kata " KATA_VERSION);
  app.require_subcommand(1);
  app.fallthrough(false);
  for (const auto add : {kata::add_demo,     kata::add_check,   kata::add_track,   kata::add_record,
                         kata::add_teach,    kata::add_label,   kata::add_train,   kata::add_watch,
                         kata::add_evaluate, kata::add_new,     kata::add_list,    kata::add_show,
                         kata::add_relabel,  kata::add_remove,  kata::add_restore, kata::add_play,
                         kata::add_rename,   kata::add_merge,   kata::add_compact, kata::add_import,
                         kata::add_export,   kata::add_archive, kata::add_serve}) {
    add(app);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
#ifdef M_ARENA_MAX
  mallopt(M_ARENA_MAX, kHeaps);
#endif
  const kata::Interrupt interrupt;
  try {
    return run(argc, argv);
  } catch (const kata::Error& error) {
    fmt::print(stderr, "kata: {}\n", error.what());
    return error.code() == kata::ErrorCode::kCancelled ? kExitInterrupted : kExitFailure;
  } catch (const std::exception& error) {
    fmt::print(stderr, "kata: internal error, please report it: {}\n", error.what());
    return kExitFailure;
  }
}
