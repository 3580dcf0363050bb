// SPDX-License-Identifier: Apache-2.0
#include <mutex>
#include <string>

#include "kata/core/error.h"
#include "kata/core/module.h"
#include "kata/learn/bilstm_trainer.h"

namespace kata {
namespace {

#ifdef KATA_TORCH_MODULE

BilstmTrainer load() {
  try {
    return reinterpret_cast<BilstmTrainer>(load_module(KATA_TORCH_MODULE, kBilstmTrainerName));
  } catch (const Error& error) {
    throw Error(ErrorCode::kUnsupported,
                "the part of kata that trains recurrent networks cannot be loaded (" +
                    std::string(error.what()) + "); use --classifier auto");
  }
}

#else

BilstmTrainer load() {
  throw Error(
      ErrorCode::kUnsupported,
      "this kata was built without libtorch and cannot train a bilstm; use --classifier auto");
}

#endif

}  // namespace

BilstmTrainer bilstm_trainer() {
  static std::mutex mutex;
  static BilstmTrainer trainer = nullptr;
  const std::lock_guard lock(mutex);
  if (trainer == nullptr) trainer = load();
  return trainer;
}

}  // namespace kata
