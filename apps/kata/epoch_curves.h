// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "kata/learn/training_epoch.h"

namespace kata {

/// The curves of a training on stderr: drawn in place on a terminal, elsewhere a line now and then.
class EpochCurves {
 public:
  EpochCurves();
  void show(const TrainingEpoch& epoch);

 private:
  struct Curve {
    std::string name;
    std::vector<double> values;
  };
  void begin(const std::string& task);
  void draw(const TrainingEpoch& epoch) const;

  const bool is_terminal_;
  std::string task_;
  std::vector<Curve> curves_;
};

/// Values as blocks of eight heights between `low` and `high`, at most `width` wide.
std::string sparkline(const std::vector<double>& values, double low, double high,
                      std::size_t width);

}  // namespace kata
