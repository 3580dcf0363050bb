// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "commands.h"
#include "epoch_curves.h"
#include "file_roles.h"
#include "interrupt.h"
#include "kata/learn/report_html.h"
#include "kata/session/train_craft.h"
#include "progress_bar.h"
#include "tensorboard_log.h"
#include "text_output.h"

namespace kata {
namespace {

struct TrainArguments {
  std::string craft;
  TrainOptions options;
  std::optional<std::string> json;
  std::optional<std::string> report;
  std::optional<std::string> tensorboard;
};

double percent(const nlohmann::json& share) { return 100 * share.get<double>(); }

void print_confused(const nlohmann::json& confused) {
  constexpr std::size_t kMost = 5;
  for (std::size_t i = 0; i < std::min(kMost, confused.size()); ++i) {
    const nlohmann::json& entry = confused[i];
    fmt::print("  misjudged: repetition {} of {}, taught as {}, judged as {}; {}\n",
               entry["repetition"].get<int>(), entry["movement"].get<std::string>(),
               entry["taught_as"].get<std::string>(), entry["judged_as"].get<std::string>(),
               entry["advice"].get<std::string>());
  }
  if (confused.size() > kMost) fmt::print("  and {} more; see --report\n", confused.size() - kMost);
}

void print_movement(const nlohmann::json& movement) {
  if (!movement["accuracy"].is_number()) return;
  const auto name = movement["name"].get<std::string>();
  const int wrong = movement["incorrect"].get<int>();
  fmt::print("  {}: {:.1f} % of {} right {}\n", name, percent(movement["accuracy"]),
             movement["correct"].get<int>(),
             wrong == 0 ? "ones judged right; no wrong ones were taught"
                        : fmt::format("and {} wrong ones", wrong));
}

/// The figures that matter, from the report's JSON.
void print_report(const nlohmann::json& report) {
  if (report["accuracy"].is_number()) {
    const bool is_only_right = report["only_right"].get<bool>();
    fmt::print(
        "judged {} {}repetitions it was not taught (left out {}): {:.1f} % {}, 95 % interval "
        "{:.1f} – {:.1f} %\n",
        report["n"].get<int>(), is_only_right ? "right " : "",
        report["protocol"].get<std::string>(), percent(report["accuracy"]),
        is_only_right ? "judged right" : "right", percent(report["interval"][0]),
        percent(report["interval"][1]));
    if (report["baseline_majority"].is_number()) {
      fmt::print(
          "  balanced {:.1f} %; always the most frequent {:.1f} %; by duration alone {:.1f} %\n",
          percent(report["balanced_accuracy"]), percent(report["baseline_majority"]),
          percent(report["baseline_duration"]));
    }
    for (const nlohmann::json& movement : report["movements"]) print_movement(movement);
    for (const nlohmann::json& point : report["learning_curve"]) {
      fmt::print("  taught by {} of each: {:.1f} %\n", point["k"].get<int>(),
                 percent(point["accuracy"]));
    }
    print_confused(report["confused"]);
  }
  for (const nlohmann::json& warning : report["warnings"]) {
    fmt::print("  note: {}\n", warning.get<std::string>());
  }
}

void warn_of_few(const nlohmann::json& report) {
  for (const nlohmann::json& shortfall : report["shortfalls"]) {
    fmt::print(stderr, "kata: WARNING: too few to trust what this judge says: {}\n",
               shortfall.get<std::string>());
  }
}

void run_train(const TrainArguments& arguments) {
  TextOutput json(arguments.json);
  TextOutput html(arguments.report);
  std::optional<TensorboardLog> log;
  if (arguments.tensorboard) log.emplace(*arguments.tensorboard);
  ProgressBar bar;
  EpochCurves curves;
  TrainOptions options = arguments.options;
  options.on_epoch = [&](const TrainingEpoch& epoch) {
    bar.clear();
    curves.show(epoch);
    if (log) log->write(epoch);
  };
  const Trained trained = train_craft(arguments.craft, options, bar.callback(), Interrupt::token());
  bar.clear();
  json.write_line(trained.report_json);
  json.finish();
  if (html.is_wanted()) {
    html.write_line(report_html(trained.report_json, arguments.craft));
    html.finish();
  }
  const auto report = nlohmann::json::parse(trained.report_json);
  warn_of_few(report);
  if (arguments.json == "-") return;
  fmt::print("trained on {} movement{}; the judge is stored in {}\n",
             trained.judge->movements().size(), trained.judge->movements().size() == 1 ? "" : "s",
             arguments.craft);
  print_report(report);
}

}  // namespace

void add_train(CLI::App& app) {
  static const std::map<std::string, ClassifierKind> kKinds = {
      {"auto", ClassifierKind::kAuto},
      {"rocket", ClassifierKind::kRocket},
      {"neighbours", ClassifierKind::kNeighbours},
      {"bilstm", ClassifierKind::kBilstm}};
  auto arguments = std::make_shared<TrainArguments>();
  CLI::App* command = app.add_subcommand("train", "Learn a craft from its stored repetitions");
  as(FileRole::kChangedCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command
      ->add_option("--classifier", arguments->options.classifier,
                   "auto, rocket, neighbours or bilstm")
      ->transform(CLI::CheckedTransformer(kKinds))
      ->default_str("auto");
  command->add_option("--seed", arguments->options.seed, "same seed, same judge")
      ->capture_default_str();
  command->add_flag("--few", arguments->options.may_be_few,
                    "learn from two right and two wrong ones, where there are no more; the judge "
                    "is not to be relied on, and the report says so");
  as(FileRole::kOutput, command->add_option("--json", arguments->json,
                                            "write the honest report as JSON; - is the terminal"));
  as(FileRole::kOutput, command->add_option("--report", arguments->report,
                                            "write the honest report as one HTML page"));
  as(FileRole::kOutputFolder,
     command->add_option(
         "--tensorboard", arguments->tensorboard,
         "folder for the curves of a training by epochs (bilstm): tensorboard --logdir DIR"));
  command->callback([arguments] { run_train(*arguments); });
}

}  // namespace kata
