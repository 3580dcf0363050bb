// SPDX-License-Identifier: Apache-2.0
#include "epoch_curves.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace kata {
namespace {

constexpr std::size_t kWidth = 48;
constexpr int kLinesEvery = 10;  // epochs, where there is no terminal to draw on

std::string shown(const std::string& name, double value) {
  return name.starts_with("accuracy") ? fmt::format("{:5.1f} %", 100 * value)
                                      : fmt::format("{:7.3f}", value);
}

/// Accuracies from none to all; losses from zero to the largest so far.
std::string drawn(const std::string& name, const std::vector<double>& values) {
  const double high =
      name.starts_with("accuracy") ? 1 : *std::max_element(values.begin(), values.end());
  return sparkline(values, 0, high, kWidth);
}

}  // namespace

std::string sparkline(const std::vector<double>& values, double low, double high,
                      std::size_t width) {
  static constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄",
                                                              "▅", "▆", "▇", "█"};
  const std::size_t columns = std::min(width, values.size());
  std::string line;
  for (std::size_t column = 0; column < columns; ++column) {
    // The newest value always ends the line.
    const std::size_t place = (column + 1) * values.size() / columns - 1;
    const double height =
        high > low ? std::clamp((values[place] - low) / (high - low), 0.0, 1.0) : 0;
    line += kBlocks[static_cast<std::size_t>(std::lround(height * (kBlocks.size() - 1)))];
  }
  return line;
}

EpochCurves::EpochCurves() : is_terminal_(isatty(STDERR_FILENO) == 1) {}

void EpochCurves::begin(const std::string& task) {
  task_ = task;
  curves_ = {{"loss, learned from", {}},
             {"loss, held back", {}},
             {"accuracy, learned from", {}},
             {"accuracy, held back", {}}};
  // Room for the drawing, so that it can be drawn over itself.
  if (is_terminal_) fmt::print(stderr, "\n\n\n\n\n");
}

void EpochCurves::show(const TrainingEpoch& epoch) {
  if (curves_.empty() || epoch.task != task_ || epoch.number == 1) begin(epoch.task);
  const std::array<double, 4> values = {epoch.loss, epoch.check_loss, epoch.accuracy,
                                        epoch.check_accuracy};
  for (std::size_t i = 0; i < values.size(); ++i) curves_[i].values.push_back(values[i]);
  if (is_terminal_) {
    draw(epoch);
  } else if (epoch.number == 1 || epoch.number % kLinesEvery == 0) {
    fmt::print(
        stderr,
        "{}: epoch {}, loss {:.3f}, accuracy {:.1f} %; held back: loss {:.3f}, accuracy {:.1f} %\n",
        epoch.task, epoch.number, epoch.loss, 100 * epoch.accuracy, epoch.check_loss,
        100 * epoch.check_accuracy);
  }
}

void EpochCurves::draw(const TrainingEpoch& epoch) const {
  fmt::print(stderr, "\033[{}A\r\033[K{}: epoch {}, learning rate {:.4g}\n", curves_.size() + 1,
             epoch.task, epoch.number, epoch.learning_rate);
  for (const Curve& curve : curves_) {
    fmt::print(stderr, "\033[K  {:<23}{} {}\n", curve.name, shown(curve.name, curve.values.back()),
               drawn(curve.name, curve.values));
  }
  std::fflush(stderr);
}

}  // namespace kata
