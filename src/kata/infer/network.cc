// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/network.h"

#include <openvino/openvino.hpp>
#include <string>
#include <utility>

#include "kata/core/error.h"
#include "kata/infer/compiled_cache.h"
#include "kata/infer/convolutions.h"
#include "kata/infer/dead_channels.h"

namespace kata {
namespace {

/// Runs `work` and turns OpenVINO's exceptions into ours.
template <typename Work>
auto translated(ErrorCode code, const std::string& what, Work&& work) {
  try {
    return work();
  } catch (const ov::Exception& exception) {
    const std::string reason = exception.what();
    throw Error(code, what + " (" + reason.substr(0, reason.find('\n')) + ")");
  }
}

/// The same network without the outputs that nobody reads.
std::shared_ptr<ov::Model> pruned(const std::shared_ptr<ov::Model>& model,
                                  const std::vector<std::size_t>& outputs) {
  ov::ResultVector kept;
  for (const std::size_t index : outputs) {
    KATA_CHECK(index < model->get_results().size(), "the network has no such output");
    kept.push_back(model->get_results()[index]);
  }
  return std::make_shared<ov::Model>(kept, model->get_parameters(), model->get_friendly_name());
}

ov::AnyMap compile_properties(const NetworkOptions& options) {
  // bf16, the default on processors that have it, moves body landmarks by pixels (a decision note
  // has the figures), so the precision is not left to the plugin.
  ov::AnyMap properties{
      ov::hint::inference_precision(ov::element::f32),
      ov::inference_num_threads(options.threads * options.parallel),
      ov::num_streams(options.parallel),
      // Several small networks share the processor; pinned threads would fight for one core.
      ov::hint::enable_cpu_pinning(false),
  };
  return properties;
}

/// All that a compiled network depends on beside its file.
std::string description_of(const NetworkOptions& options) {
  std::string text = std::to_string(options.threads) + "x" + std::to_string(options.parallel);
  for (const std::size_t output : options.outputs) text += " " + std::to_string(output);
  // Earlier versions kept networks with their dead channels.
  return text.append(" alive ").append(faster_convolutions());
}

}  // namespace

struct Inference::State {
  ov::InferRequest request;
  ov::Tensor input;
  std::vector<ov::Tensor> outputs;
};

Inference::Inference(std::unique_ptr<State> state) : state_(std::move(state)) {}
Inference::Inference(Inference&&) noexcept = default;
Inference& Inference::operator=(Inference&&) noexcept = default;

Inference::~Inference() {
  if (!state_) return;
  try {
    state_->request.wait();  // a run under way writes into the tensors that go with this object
  } catch (const std::exception&) {
    // Nobody is left to hear of it.
  }
}

std::span<float> Inference::input() {
  return {state_->input.data<float>(), state_->input.get_size()};
}

std::span<const float> Inference::output(std::size_t position) const {
  const ov::Tensor& tensor = state_->outputs.at(position);
  return {tensor.data<const float>(), tensor.get_size()};
}

void Inference::start() {
  translated(ErrorCode::kUnavailable, "A network could not be run",
             [this] { state_->request.start_async(); });
}

void Inference::run() {
  translated(ErrorCode::kUnavailable, "A network failed while running",
             [this] { state_->request.infer(); });
}

void Inference::wait() {
  translated(ErrorCode::kUnavailable, "A network failed while running",
             [this] { state_->request.wait(); });
}

struct Network::State {
  ov::CompiledModel compiled;
};

Network::Network(std::unique_ptr<State> state) : state_(std::move(state)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

Inference Network::make_inference() {
  return translated(ErrorCode::kUnavailable, "A network could not be prepared", [this] {
    auto state = std::make_unique<Inference::State>();
    state->request = state_->compiled.create_infer_request();
    state->input = state->request.get_input_tensor();
    for (std::size_t i = 0; i < state_->compiled.outputs().size(); ++i) {
      state->outputs.push_back(state->request.get_output_tensor(i));
    }
    return Inference(std::move(state));
  });
}

struct Engine::State {
  ov::Core core;
  CompiledCache cache;
};

Engine::Engine(const std::filesystem::path& cache_folder) {
  state_ = translated(ErrorCode::kUnavailable, "OpenVINO does not start",
                      [] { return std::make_unique<State>(); });
  state_->cache = CompiledCache(cache_folder);
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
  return translated(ErrorCode::kCorrupt, "Not a readable network: " + model_file.string(), [&] {
    ov::Core& core = state_->core;
    const ov::AnyMap properties = compile_properties(options);
    const std::string how = description_of(options);
    auto state = std::make_unique<Network::State>();
    if (auto kept = state_->cache.find(core, model_file, how, properties)) {
      state->compiled = std::move(*kept);
      return Network(std::move(state));
    }
    auto model = core.read_model(model_file.string());
    if (!options.outputs.empty()) model = pruned(model, options.outputs);
    remove_dead_channels(*model);
    prefer_fast_convolutions(core, *model);
    state->compiled = core.compile_model(model, "CPU", properties);
    state_->cache.keep(state->compiled, model_file, how);
    return Network(std::move(state));
  });
}

}  // namespace kata
