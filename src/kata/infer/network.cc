// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/network.h"

#include <unistd.h>

#include <openvino/openvino.hpp>
#include <string>
#include <system_error>
#include <utility>

#include "kata/core/error.h"

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
};

Engine::Engine(const std::filesystem::path& cache_folder) {
  state_ = translated(ErrorCode::kUnavailable, "OpenVINO does not start",
                      [] { return std::make_unique<State>(); });
  if (cache_folder.empty()) return;
  std::error_code failed;
  std::filesystem::create_directories(cache_folder, failed);
  // A cache that cannot be written only costs start-up time.
  if (!failed && ::access(cache_folder.c_str(), W_OK) == 0)
    state_->core.set_property(ov::cache_dir(cache_folder.string()));
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
    auto state = std::make_unique<Network::State>();
    // By its path where possible: a network in the cache is then not even read.
    state->compiled =
        options.outputs.empty()
            ? core.compile_model(model_file.string(), "CPU", properties)
            : core.compile_model(pruned(core.read_model(model_file.string()), options.outputs),
                                 "CPU", properties);
    return Network(std::move(state));
  });
}

}  // namespace kata
