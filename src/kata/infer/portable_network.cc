// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/infer/network_states.h"
#include "kata/tensor/graph_from_tflite.h"
#include "kata/tensor/graph_passes.h"
#include "kata/tensor/program.h"

namespace kata {
namespace {

class PortableInference final : public Inference::State {
 public:
  explicit PortableInference(std::shared_ptr<const Program> program)
      : program_(std::move(program)), memory_(program_->memory(), 0.0f) {}

  std::span<float> input() override {
    const MemoryPart part = program_->input();
    return {memory_.data() + part.begin, part.count};
  }

  std::span<const float> output(std::size_t position) const override {
    const MemoryPart part = program_->outputs().at(position);
    return {memory_.data() + part.begin, part.count};
  }

  // There is one thread: what was started runs when somebody waits for it.
  void start() override { is_started_ = true; }

  void wait() override {
    if (std::exchange(is_started_, false)) program_->run(memory_.data());
  }

  void run() override { program_->run(memory_.data()); }

 private:
  std::shared_ptr<const Program> program_;
  std::vector<float> memory_;
  bool is_started_ = false;
};

class PortableNetwork final : public Network::State {
 public:
  explicit PortableNetwork(Graph graph)
      : program_(std::make_shared<const Program>(std::move(graph))) {}

  std::unique_ptr<Inference::State> make_inference() override {
    return std::make_unique<PortableInference>(program_);
  }

 private:
  std::shared_ptr<const Program> program_;
};

std::vector<std::uint8_t> file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code unknown;
  std::vector<std::uint8_t> bytes(std::filesystem::file_size(path, unknown));
  if (unknown || !file.read(reinterpret_cast<char*>(bytes.data()),
                            static_cast<std::streamsize>(bytes.size()))) {
    throw Error(ErrorCode::kIo, "The network's file cannot be read: " + path.string());
  }
  return bytes;
}

/// The file's bytes are gone when the weights are laid out for the kernels.
Graph graph_in(const std::filesystem::path& path, const std::vector<std::size_t>& outputs) {
  const std::vector<std::uint8_t> bytes = file_bytes(path);
  Graph graph = graph_from_tflite(bytes, outputs);
  simplify(graph);
  return graph;
}

class PortableEngine final : public Engine::State {
 public:
  std::unique_ptr<Network::State> load(const std::filesystem::path& model_file,
                                       const NetworkOptions& options) override {
    try {
      return std::make_unique<PortableNetwork>(graph_in(model_file, options.outputs));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kCorrupt && error.code() != ErrorCode::kUnsupported) throw;
      throw Error(error.code(), std::string("Not a network that Kata can read (") + error.what() +
                                    "); ./dev setup fetches it anew: " + model_file.string());
    }
  }
};

}  // namespace

std::unique_ptr<Engine::State> EngineStates::portable() {
  return std::make_unique<PortableEngine>();
}

}  // namespace kata
