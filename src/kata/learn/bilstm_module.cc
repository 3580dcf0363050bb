// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "kata/core/error.h"
#include "kata/learn/bilstm_trainer.h"

namespace kata {
namespace {

#ifdef KATA_TORCH_MODULE

/// Where an installation puts it, told from the program; where the build left it.
std::vector<std::filesystem::path> places() {
  const std::filesystem::path built = KATA_TORCH_MODULE;
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  std::vector<std::filesystem::path> result;
  if (!error) {
    result.push_back(program.parent_path() / KATA_TORCH_INSTALLED / built.filename());
  }
  result.push_back(built);
  return result;
}

BilstmTrainer load() {
  std::string reason;
  for (const std::filesystem::path& place : places()) {
    if (!std::filesystem::exists(place)) continue;
    // Never closed: libtorch's threads and globals do not survive it.
    void* module = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) {
      reason = dlerror();
      continue;
    }
    if (void* entry = dlsym(module, kBilstmTrainerName)) {
      return reinterpret_cast<BilstmTrainer>(entry);
    }
    reason = "it has no " + std::string(kBilstmTrainerName);
  }
  throw Error(ErrorCode::kUnsupported,
              "the part of kata that trains recurrent networks cannot be loaded (" +
                  (reason.empty() ? "it is not installed" : reason) + "); use --classifier auto");
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
