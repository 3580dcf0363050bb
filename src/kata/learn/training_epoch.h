// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace kata {

/// How far a network that learns by epochs has come.
struct TrainingEpoch {
  std::string task;  ///< which of the craft's networks: a movement, or "which movement"
  int number = 0;    ///< from 1
  double loss = 0;
  double accuracy = 0;    ///< on what it learns from
  double check_loss = 0;  ///< on what is held back to know when to stop
  double check_accuracy = 0;
  double learning_rate = 0;
};

/// Told of every epoch; an empty function means nobody listens.
using EpochWatch = std::function<void(const TrainingEpoch&)>;

}  // namespace kata
