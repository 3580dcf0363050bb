// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "kata/infer/network.h"

namespace kata {

/// What stands behind an Inference, a Network and an Engine; each implementation has its own.
struct Inference::State {
  virtual ~State() = default;
  virtual std::span<float> input() = 0;
  virtual std::span<const float> output(std::size_t position) const = 0;
  virtual void start() = 0;
  virtual void wait() = 0;
  virtual void run() = 0;
};

struct Network::State {
  virtual ~State() = default;
  virtual std::unique_ptr<Inference::State> make_inference() = 0;
};

struct Engine::State {
  virtual ~State() = default;
  virtual std::unique_ptr<Network::State> load(const std::filesystem::path& model_file,
                                               const NetworkOptions& options) = 0;
};

struct EngineStates {
  static std::unique_ptr<Engine::State> openvino(const std::filesystem::path& cache_folder);
  static std::unique_ptr<Engine::State> portable();
};

}  // namespace kata
