// SPDX-License-Identifier: Apache-2.0
#include "tensorboard_log.h"

#include <cerrno>
#include <chrono>
#include <string>

#include "kata/core/error.h"
#include "kata/learn/bilstm_events.h"
#include "kata/show/output_place.h"

namespace kata {
namespace {

double wall_time_s() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

TensorboardLog::Run TensorboardLog::begin(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  // The number keeps runs apart; TensorBoard looks for the word "tfevents".
  const auto milliseconds = static_cast<long long>(wall_time_s() * 1000);
  Run run{folder / ("events.out.tfevents." + std::to_string(milliseconds) + ".kata"), {}};
  run.file.open(run.path, std::ios::binary | std::ios::app);
  run.file << event_file_start(wall_time_s()) << std::flush;
  if (!run.file) {
    throw Error(ErrorCode::kIo,
                "the curves cannot be written; choose another folder for --tensorboard: " +
                    run.path.string());
  }
  return run;
}

TensorboardLog::TensorboardLog(const std::filesystem::path& folder)
    : learned_(begin(folder / "train")), checked_(begin(folder / "validation")) {}

void TensorboardLog::Run::write(const TrainingEpoch& epoch, double loss, double accuracy) {
  const double now_s = wall_time_s();
  const auto put = [&](const char* name, double value) {
    file << event_record({now_s, epoch.number, epoch.task + "/" + name, static_cast<float>(value)});
  };
  put("epoch_loss", loss);
  put("epoch_accuracy", accuracy);
  put("epoch_learning_rate", epoch.learning_rate);
  file << std::flush;
  if (!file) throw write_error(path, errno);
}

void TensorboardLog::write(const TrainingEpoch& epoch) {
  learned_.write(epoch, epoch.loss, epoch.accuracy);
  checked_.write(epoch, epoch.check_loss, epoch.check_accuracy);
}

}  // namespace kata
