// SPDX-License-Identifier: Apache-2.0
#include <openvino/openvino.hpp>
#include <string>
#include <utility>

#include "kata/core/error.h"
#include "kata/infer/compiled_cache.h"
#include "kata/infer/convolutions.h"
#include "kata/infer/dead_channels.h"
#include "kata/infer/network_states.h"

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

class OpenVinoInference final : public Inference::State {
 public:
  explicit OpenVinoInference(ov::CompiledModel& compiled)
      : request_(compiled.create_infer_request()), input_(request_.get_input_tensor()) {
    for (std::size_t i = 0; i < compiled.outputs().size(); ++i) {
      outputs_.push_back(request_.get_output_tensor(i));
    }
  }

  OpenVinoInference(const OpenVinoInference&) = delete;
  OpenVinoInference& operator=(const OpenVinoInference&) = delete;

  ~OpenVinoInference() override {
    try {
      request_.wait();  // a run under way writes into the tensors that go with this object
    } catch (const std::exception&) {
      // Nobody is left to hear of it.
    }
  }

  std::span<float> input() override { return {input_.data<float>(), input_.get_size()}; }

  std::span<const float> output(std::size_t position) const override {
    const ov::Tensor& tensor = outputs_.at(position);
    return {tensor.data<const float>(), tensor.get_size()};
  }

  void start() override {
    translated(ErrorCode::kUnavailable, "A network could not be run",
               [this] { request_.start_async(); });
  }

  void wait() override {
    translated(ErrorCode::kUnavailable, "A network failed while running",
               [this] { request_.wait(); });
  }

  void run() override {
    translated(ErrorCode::kUnavailable, "A network failed while running",
               [this] { request_.infer(); });
  }

 private:
  ov::InferRequest request_;
  ov::Tensor input_;
  std::vector<ov::Tensor> outputs_;
};

class OpenVinoNetwork final : public Network::State {
 public:
  explicit OpenVinoNetwork(ov::CompiledModel compiled) : compiled_(std::move(compiled)) {}

  std::unique_ptr<Inference::State> make_inference() override {
    return translated(ErrorCode::kUnavailable, "A network could not be prepared",
                      [this] { return std::make_unique<OpenVinoInference>(compiled_); });
  }

 private:
  ov::CompiledModel compiled_;
};

class OpenVinoEngine final : public Engine::State {
 public:
  explicit OpenVinoEngine(const std::filesystem::path& cache_folder) : cache_(cache_folder) {}

  std::unique_ptr<Network::State> load(const std::filesystem::path& model_file,
                                       const NetworkOptions& options) override {
    return translated(ErrorCode::kCorrupt, "Not a readable network: " + model_file.string(), [&] {
      return std::make_unique<OpenVinoNetwork>(compiled(model_file, options));
    });
  }

 private:
  ov::CompiledModel compiled(const std::filesystem::path& model_file,
                             const NetworkOptions& options) {
    const ov::AnyMap properties = compile_properties(options);
    const std::string how = description_of(options);
    if (auto kept = cache_.find(core_, model_file, how, properties)) return std::move(*kept);
    auto model = core_.read_model(model_file.string());
    if (!options.outputs.empty()) model = pruned(model, options.outputs);
    remove_dead_channels(*model);
    prefer_fast_convolutions(core_, *model);
    ov::CompiledModel compiled = core_.compile_model(model, "CPU", properties);
    cache_.keep(compiled, model_file, how);
    return compiled;
  }

  ov::Core core_;
  CompiledCache cache_;
};

}  // namespace

std::unique_ptr<Engine::State> EngineStates::openvino(const std::filesystem::path& cache_folder) {
  return translated(ErrorCode::kUnavailable, "OpenVINO does not start",
                    [&] { return std::make_unique<OpenVinoEngine>(cache_folder); });
}

}  // namespace kata
