// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "commands.h"
#include "epoch_curves.h"
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

/// The figures that matter, from the report's JSON.
void print_report(const nlohmann::json& report) {
  if (report["accuracy"].is_number()) {
    fmt::print(
        "judged {} repetitions it was not taught ({}): {:.1f} % right, 95 % interval {:.1f} – "
        "{:.1f} %\n",
        report["n"].get<int>(), report["protocol"].get<std::string>(),
        100 * report["accuracy"].get<double>(), 100 * report["interval"][0].get<double>(),
        100 * report["interval"][1].get<double>());
  }
  for (const nlohmann::json& warning : report["warnings"]) {
    fmt::print("  note: {}\n", warning.get<std::string>());
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
  if (arguments.json == "-") return;
  fmt::print("trained on {} movement{}; the judge is stored in {}\n",
             trained.judge->movements().size(), trained.judge->movements().size() == 1 ? "" : "s",
             arguments.craft);
  print_report(nlohmann::json::parse(trained.report_json));
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
  command->add_option("CRAFT", arguments->craft, "craft file (*.kata)")->required();
  command
      ->add_option("--classifier", arguments->options.classifier,
                   "auto, rocket, neighbours or bilstm")
      ->transform(CLI::CheckedTransformer(kKinds))
      ->default_str("auto");
  command->add_option("--seed", arguments->options.seed, "same seed, same judge")
      ->capture_default_str();
  command->add_option("--json", arguments->json,
                      "write the honest report as JSON; - is the terminal");
  command->add_option("--report", arguments->report, "write the honest report as one HTML page");
  command->add_option(
      "--tensorboard", arguments->tensorboard,
      "folder for the curves of a training by epochs (bilstm): tensorboard --logdir DIR");
  command->callback([arguments] { run_train(*arguments); });
}

}  // namespace kata
