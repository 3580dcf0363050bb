// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>

#include "kata/learn/training_epoch.h"

namespace kata {

/// Event files of a training, in `folder`/train and `folder`/validation as Keras lays them:
/// tensorboard --logdir folder. Every epoch is on disk as soon as it is over.
class TensorboardLog {
 public:
  /// Throws Error{kIo} where the folder cannot be made.
  explicit TensorboardLog(const std::filesystem::path& folder);
  void write(const TrainingEpoch& epoch);

 private:
  struct Run {
    std::filesystem::path path;
    std::ofstream file;
    void write(const TrainingEpoch& epoch, double loss, double accuracy);
  };
  static Run begin(const std::filesystem::path& folder);

  Run learned_;
  Run checked_;
};

}  // namespace kata
