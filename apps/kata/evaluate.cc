// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/evaluate.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "commands.h"
#include "file_roles.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/learn/classifiers.h"
#include "kata/learn/sequence_file.h"
#include "kata/session/side_by_side.h"
#include "progress_bar.h"
#include "read_text_file.h"
#include "text_output.h"

namespace kata {
namespace {

struct EvaluateArguments {
  std::string input;
  std::string index;
  SequenceRoles roles;
  bool teach_one_group = false;
  std::optional<std::size_t> teach_groups;
  std::string confirm;
  std::string mirror = "auto";
  std::optional<std::size_t> shots;
  std::string classifier = "auto";
  bool has_raw_input = false;
  EvaluationOptions options;
  std::size_t jobs = 1;
  std::optional<std::string> json;
};

bool is_craft(const EvaluateArguments& arguments) {
  return std::filesystem::path(arguments.input).extension() == ".kata";
}

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::kInvalidArgument, why); }

/// How examples are divided may be said once only; an option of another way would say nothing.
void check_protocol_options(const CLI::App& command) {
  const auto given = [&](const char* option) { return command.count(option) > 0; };
  if (given("--shots") && given("--split"))
    refuse("--shots and --split are two ways to divide the examples; give one of them");
  const char* way = given("--shots") ? "--shots" : given("--split") ? "--split" : nullptr;
  for (const char* option : {"--teach-one-group", "--teach-groups"}) {
    if (way != nullptr && given(option))
      refuse(fmt::format("{} does not apply where {} divides the examples", option, way));
  }
  if (way == nullptr && given("--group")) way = "--group";
  for (const char* option : {"--folds", "--repeats"}) {
    if (way != nullptr && given(option))
      refuse(fmt::format("{} does not apply where {} divides the examples", option, way));
  }
  if (given("--draws") && !given("--shots") && !given("--teach-groups"))
    refuse("--draws needs --shots or --teach-groups");
}

void check_input_options(const CLI::App& command, const EvaluateArguments& arguments) {
  if (!is_craft(arguments)) {
    if (arguments.has_raw_input) refuse("--raw is for craft files: " + arguments.input);
    return;
  }
  for (const char* option : {"--index", "--label", "--split", "--origin", "--scale"}) {
    if (command.count(option) > 0)
      refuse(fmt::format("{} does not apply to a craft file: {}", option, arguments.input));
  }
  const std::string& group = arguments.roles.group;
  if (!group.empty() && group != "person" && group != "take")
    refuse(fmt::format("a craft's repetitions are grouped by person or take, not by \"{}\": {}",
                       group, arguments.input));
}

EvaluationSet load_craft(const EvaluateArguments& arguments) {
  const auto by = arguments.roles.group == "take" ? CraftGroups::kTakes : CraftGroups::kPersons;
  const auto repetitions = Craft::open(arguments.input, Craft::Access::kRead).repetitions();
  return arguments.has_raw_input ? evaluation_set_of_raw_coordinates(repetitions, by)
                                 : evaluation_set_from_repetitions(repetitions, by);
}

EvaluationSet load_set(const EvaluateArguments& arguments) {
  if (is_craft(arguments)) return load_craft(arguments);
  if (arguments.index.empty() || arguments.roles.label.empty()) {
    throw Error(
        ErrorCode::kInvalidArgument,
        "sequences need an index and the column that names their class: --index F --label COL: " +
            arguments.input);
  }
  return evaluation_set_from_sequences(
      parse_sequences(read_text_file(arguments.input), arguments.input),
      parse_index(read_text_file(arguments.index), arguments.index), arguments.roles);
}

EvaluationOptions options_from(const EvaluateArguments& arguments) {
  EvaluationOptions options = arguments.options;
  options.classifier = classifier_kind_from_name(arguments.classifier);
  if (arguments.jobs > 1) options.for_each = side_by_side(arguments.jobs);
  if (arguments.shots) {
    options.protocol.kind = Protocol::Kind::kShots;
    options.protocol.shots = *arguments.shots;
  } else if (!arguments.roles.split.empty()) {
    options.protocol.kind = Protocol::Kind::kSplit;
  } else if (!arguments.roles.group.empty()) {
    options.protocol.kind = arguments.teach_one_group ? Protocol::Kind::kTeachOneGroup
                            : arguments.teach_groups  ? Protocol::Kind::kTeachGroups
                                                      : Protocol::Kind::kLeaveOneGroupOut;
    if (arguments.teach_groups) options.protocol.groups = *arguments.teach_groups;
  }
  options.confirmed = confirmed_from_text(arguments.confirm);
  options.mirror = arguments.mirror == "off" ? MirrorChoice::kOff : MirrorChoice::kAuto;
  return options;
}

void print_share(const char* name, double share, const Interval& interval) {
  fmt::print("{:<18}{:6.1f} %   (95 % interval {:.1f} – {:.1f} %)\n", name, 100 * share,
             100 * interval.low, 100 * interval.high);
}

/// What is told first is what a judge that always says the same could not have.
void print_accuracies(const Evaluation& result) {
  constexpr double kUneven = 0.55;
  const auto plain = [&] { print_share("accuracy", result.confusion.accuracy(), result.interval); };
  const bool is_uneven = result.baseline_majority > kUneven && result.classes.size() == 2;
  if (!is_uneven) plain();
  print_share("balanced accuracy", result.confusion.balanced_accuracy(), result.balanced_interval);
  if (is_uneven) plain();
}

void print_table(const Evaluation& result) {
  fmt::print("{}; {} examples, {} judgements, classifier {}\n", result.protocol, result.examples,
             result.confusion.total(), result.classifier);
  print_accuracies(result);
  if (result.learners > 0) {
    fmt::print("learners          {:6}     ({} seen in a mirror, {} with too few to confirm)\n",
               result.learners, result.learners_mirrored, result.learners_skipped);
  }
  fmt::print("majority alone    {:6.1f} %\nduration alone    {:6.1f} %\n",
             100 * result.baseline_majority, 100 * result.baseline_duration);
  for (const auto& [group, accuracy] : result.per_group) {
    fmt::print("  {:<16}{:6.1f} %\n", group, 100 * accuracy);
  }
  fmt::print("learning {:.3f} s for each split, judging {:.3f} ms for each example\n",
             result.train_s, result.predict_ms);
}

/// What is wrong with what a file holds is said with the file's name.
Evaluation evaluate_named(const EvaluateArguments& arguments, const Progress& progress) {
  try {
    return evaluate(load_set(arguments), options_from(arguments), progress, Interrupt::token());
  } catch (const Error& error) {
    const std::string what = error.what();
    const bool is_named =
        what.find(arguments.input) != std::string::npos ||
        (!arguments.index.empty() && what.find(arguments.index) != std::string::npos);
    if (is_named || error.code() == ErrorCode::kCancelled) throw;
    throw Error(error.code(), what + ": " + arguments.input);
  }
}

void run_evaluate(const EvaluateArguments& arguments) {
  TextOutput json(arguments.json);
  ProgressBar bar;
  const Evaluation result = evaluate_named(arguments, bar.callback());
  bar.clear();
  json.write_line(evaluation_json(result));
  json.finish();
  if (arguments.json != "-") print_table(result);
}

}  // namespace

void add_evaluate(CLI::App& app) {
  auto arguments = std::make_shared<EvaluateArguments>();
  Protocol& protocol = arguments->options.protocol;
  CLI::App* command = app.add_subcommand(
      "evaluate", "How good the learners are on a craft, or on sequences of any tracker");
  as(FileRole::kCraft,
     command->add_option(
         "INPUT", arguments->input,
         "craft file (*.kata), or CSV of sequences: seq, frame, channels (may be .gz)"))
      ->required();
  as(FileRole::kInput, command->add_option("--index", arguments->index,
                                           "CSV that says of each seq its class and more"));
  command->add_option("--label", arguments->roles.label, "column of the index with the class");
  auto* group = command->add_option("--group", arguments->roles.group,
                                    "column of the index (of a craft: person or take); each group "
                                    "is left out in turn");
  command
      ->add_flag("--teach-one-group", arguments->teach_one_group,
                 "learn from one group, judge all others")
      ->needs(group);
  auto* teach_groups = command
                           ->add_option("--teach-groups", arguments->teach_groups,
                                        "learn from so many groups, drawn, judge all others")
                           ->needs(group)
                           ->excludes("--teach-one-group");
  command->add_option("--each", protocol.each, "examples of each of them, of all classes alike")
      ->needs(teach_groups)
      ->capture_default_str();
  command
      ->add_option("--confirm", arguments->confirm,
                   "right and wrong repetitions of each learner that are confirmed before the "
                   "others are judged: 1R, 2R, 1R1W, …")
      ->needs(group);
  command
      ->add_flag("--online", arguments->options.is_online,
                 "learn on from each repetition that is judged, as the coach does")
      ->needs(group);
  command
      ->add_option("--right-share", arguments->options.right_percent,
                   "percent of right ones in streams of ten of each learner")
      ->check(CLI::Range(0, 100))
      ->needs(group);
  command
      ->add_option("--mirror", arguments->mirror,
                   "auto: a learner who works with the other side is seen in a mirror; off")
      ->check(CLI::IsMember({"auto", "off"}))
      ->capture_default_str();
  command->add_option("--split", arguments->roles.split, "column that says train or test");
  command->add_option("--folds", protocol.folds, "parts for cross-validation")
      ->capture_default_str();
  command->add_option("--repeats", protocol.repeats, "times it is repeated")->capture_default_str();
  command->add_option("--shots", arguments->shots, "examples of each class to learn from");
  command->add_option("--draws", protocol.draws, "times they are drawn")->capture_default_str();
  command->add_option("--origin", arguments->roles.origin, "point from which others are measured");
  command->add_option("--scale", arguments->roles.scale,
                      "two points A:B whose distance is the unit");
  command->add_option("--classifier", arguments->classifier, "auto, rocket, neighbours or bilstm")
      ->capture_default_str();
  command->add_flag(
      "--raw", arguments->has_raw_input,
      "of a craft: the picture's coordinates as the prototype fed them, to compare with");
  command->add_option("--seed", arguments->options.seed, "same seed, same result")
      ->capture_default_str();
  command
      ->add_option("--jobs", arguments->jobs,
                   "folds or groups worked on side by side; the figures are the same")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  as(FileRole::kOutput,
     command->add_option("--json", arguments->json,
                         "write the result as JSON, with what was said of each example; - is the "
                         "terminal"));
  command->callback([arguments, command] {
    check_protocol_options(*command);
    check_input_options(*command, *arguments);
    run_evaluate(*arguments);
  });
}

}  // namespace kata
