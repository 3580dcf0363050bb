// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/network.h"

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "kata/core/error.h"
#include "kata/infer/network_states.h"

namespace kata {

Inference::Inference(std::unique_ptr<State> state) : state_(std::move(state)) {}
Inference::Inference(Inference&&) noexcept = default;
Inference& Inference::operator=(Inference&&) noexcept = default;
Inference::~Inference() = default;

std::span<float> Inference::input() { return state_->input(); }

std::span<const float> Inference::output(std::size_t position) const {
  return state_->output(position);
}

void Inference::start() { state_->start(); }
void Inference::wait() { state_->wait(); }
void Inference::run() { state_->run(); }

Network::Network(std::unique_ptr<State> state) : state_(std::move(state)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

Inference Network::make_inference() { return Inference(state_->make_inference()); }

EngineKind chosen_engine() {
  const char* wish = std::getenv("KATA_ENGINE");
  const std::string_view name = wish == nullptr ? "" : wish;
  if (name == "portable") return EngineKind::kPortable;
  if (!name.empty() && name != "openvino") {
    throw Error(ErrorCode::kInvalidArgument,
                "KATA_ENGINE is openvino or portable, not: " + std::string(name));
  }
#if KATA_WITH_OPENVINO
  return EngineKind::kOpenVino;
#else
  if (name.empty()) return EngineKind::kPortable;
  throw Error(ErrorCode::kUnsupported,
              "This Kata was built without OpenVINO; leave KATA_ENGINE empty.");
#endif
}

Engine::Engine(const std::filesystem::path& cache_folder, EngineKind kind) {
#if KATA_WITH_OPENVINO
  if (kind == EngineKind::kOpenVino) state_ = EngineStates::openvino(cache_folder);
#else
  static_cast<void>(cache_folder);
#endif
  if (kind == EngineKind::kPortable) state_ = EngineStates::portable();
  KATA_CHECK(state_ != nullptr, "this engine is built in");
}

Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Network Engine::load(const std::filesystem::path& model_file, const NetworkOptions& options) {
  KATA_CHECK(options.threads >= 1 && options.parallel >= 1, "a network needs a thread");
  if (!std::filesystem::exists(model_file)) {
    throw Error(ErrorCode::kNotFound,
                "The network's file is missing; ./dev setup fetches it: " + model_file.string());
  }
  return Network(state_->load(model_file, options));
}

}  // namespace kata
