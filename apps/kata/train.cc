// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "commands.h"
#include "interrupt.h"
#include "kata/session/train_craft.h"
#include "progress_bar.h"

namespace kata {
namespace {

struct TrainArguments {
  std::string craft;
  TrainOptions options;
};

void run_train(const TrainArguments& arguments) {
  ProgressBar bar;
  const Trained trained = train_craft(arguments.craft, arguments.options, bar.callback(), Interrupt::token());
  bar.clear();
  fmt::print("trained on {} movement{}; the judge is stored in {}\n", trained.judge->movements().size(),
             trained.judge->movements().size() == 1 ? "" : "s", arguments.craft);
}

}  // namespace

void add_train(CLI::App& app) {
  static const std::map<std::string, ClassifierKind> kKinds = {{"auto", ClassifierKind::kAuto},
                                                               {"rocket", ClassifierKind::kRocket},
                                                               {"neighbours", ClassifierKind::kNeighbours},
                                                               {"bilstm", ClassifierKind::kBilstm}};
  auto arguments = std::make_shared<TrainArguments>();
  CLI::App* command = app.add_subcommand("train", "Learn a craft from its stored repetitions");
  command->add_option("CRAFT", arguments->craft, "craft file (*.kata)")->required();
  command->add_option("--classifier", arguments->options.classifier, "auto, rocket, neighbours or bilstm")
      ->transform(CLI::CheckedTransformer(kKinds))
      ->default_str("auto");
  command->add_option("--seed", arguments->options.seed, "same seed, same judge")->capture_default_str();
  command->callback([arguments] { run_train(*arguments); });
}

}  // namespace kata
