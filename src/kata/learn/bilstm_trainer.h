// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kata/learn/bilstm_network.h"
#include "kata/learn/training_epoch.h"

namespace kata {

/// What a network learns from and is checked with after every epoch.
struct BilstmLessons {
  std::size_t frames = 0;
  std::size_t channels = 0;
  std::size_t classes = 0;
  std::vector<float> learn_values;  ///< [examples, frames, channels]
  std::vector<std::int64_t> learn_labels;
  std::vector<float> check_values;
  std::vector<std::int64_t> check_labels;
};

/// The prototype's schedule.
struct BilstmSchedule {
  std::uint64_t seed = 1;
  int most_epochs = 2000;
  int batch = 32;
  int patience = 20;            ///< epochs without a better checked accuracy before it ends
  double learning_rate = 1e-3;  ///< Adam's
  double plateau_factor = 0.2;  ///< the rate shrinks by it …
  int plateau_patience = 5;     ///< … after so many epochs without a smaller checked loss …
  double least_rate = 1e-4;     ///< … down to this
  double dropout = 0.2;
  double l2 = 0.01;  ///< on the kernel of the middle layer
};

/// Called after each epoch; false stops the training.
using BilstmWatch = std::function<bool(const TrainingEpoch&)>;

/// The only entry of the module that contains libtorch. Learns; leaves the weights of the epoch
/// with the best checked accuracy in `network`. Deterministic by the seed, whatever the threads.
/// `failure` receives libtorch's words where it fails. Exceptions never cross.
using BilstmTrainer = void (*)(const BilstmLessons& lessons, const BilstmSchedule& schedule,
                               const BilstmWatch& watch, BilstmNetwork& network,
                               std::string& failure);
inline constexpr const char* kBilstmTrainerName = "kata_train_bilstm";

/// Loads the module on first use, so that programs that do not train a network neither load
/// libtorch nor pay for it. Throws Error{kUnsupported} where this build has none or it is not
/// installed.
BilstmTrainer bilstm_trainer();

}  // namespace kata
