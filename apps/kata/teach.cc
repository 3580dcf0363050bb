// SPDX-License-Identifier: Apache-2.0
#include "kata/session/teach.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "interrupt.h"
#include "progress_bar.h"
#include "source_options.h"

namespace kata {
namespace {

struct TeachArguments {
  std::string craft;
  Lesson lesson;
  bool is_right = false;
  bool is_wrong = false;
  SourceOptions source;
};

TeachResult run_teach(const TeachArguments& arguments) {
  const auto source = make_source(arguments.source.source);
  const auto landmarker = make_landmarker(arguments.source.landmarker);
  ProgressBar bar;
  return teach(arguments.craft, arguments.lesson, *source, *landmarker, bar.callback(), Interrupt::token());
}

void print(const TeachArguments& arguments, const TeachResult& result) {
  for (const std::string& warning : result.warnings) fmt::print(stderr, "warning: {}\n", warning);
  fmt::print("{:>5} {:>9} {:>9} {:>9}\n", "id", "start s", "end s", "edges");
  for (const TaughtRepetition& repetition : result.repetitions) {
    fmt::print("{:>5} {:>9.2f} {:>9.2f} {:>4.0f}/{:.0f} %\n", repetition.id, seconds(repetition.start),
               seconds(repetition.end), repetition.start_confidence * 100, repetition.end_confidence * 100);
  }
  fmt::print("{} repetitions of {} ({}) stored in {}\n", result.repetitions.size(), arguments.lesson.movement,
             arguments.lesson.label == Label::kCorrect ? "right" : "wrong", arguments.craft);
}

}  // namespace

void add_teach(CLI::App& app) {
  auto arguments = std::make_shared<TeachArguments>();
  CLI::App* command = app.add_subcommand(
      "teach", "Cut a take of one repeated movement into its repetitions and store them in a craft file");
  command->add_option("CRAFT", arguments->craft, "craft file (*.kata); made if it is not there")->required();
  command->add_option("--movement", arguments->lesson.movement, "name of the movement")->required();
  auto* kind = command->add_option_group("kind", "how the movement is done in this take");
  kind->add_flag("--right", arguments->is_right, "the take shows it done right");
  kind->add_flag("--wrong", arguments->is_wrong, "the take shows it done wrong");
  kind->require_option(1);
  command->add_option("--mistake", arguments->lesson.mistake, "name of the mistake (with --wrong)");
  command->add_option("--person", arguments->lesson.person, "who performs; helps the report judge fairly");
  command->add_option("--repetitions", arguments->lesson.expected_repetitions, "how many there are, if you know")
      ->check(CLI::Range(1, 1000));
  arguments->source.add_to(*command);
  command->callback([arguments] {
    arguments->lesson.label = arguments->is_wrong ? Label::kIncorrect : Label::kCorrect;
    print(*arguments, run_teach(*arguments));
  });
}

}  // namespace kata
