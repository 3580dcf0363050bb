// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace kata {

/// What runs the networks.
enum class EngineKind {
  kOpenVino,  ///< the fastest on a computer; absent where Kata was built without it
  kPortable,  ///< Kata's own, on one thread, everywhere and in a web page
};

/// What the environment's KATA_ENGINE asks for ("openvino", "portable"), else the fastest that is
/// built in. Throws Error{kInvalidArgument} for any other word.
EngineKind chosen_engine();

struct NetworkOptions {
  int threads = 1;   ///< for one inference; ≥ 1; the portable engine takes one
  int parallel = 1;  ///< inferences that run side by side, each with `threads`; ≥ 1
  /// Outputs to keep, by their index in the file; empty = all. What only the others need is not
  /// computed.
  std::vector<std::size_t> outputs = {};
};

/// One run of a network at a time: fill input(), run() or start() and wait(), read output().
///
/// Several inferences of one network may be under way at once; one inference is one thread's.
class Inference {
 public:
  struct State;
  explicit Inference(std::unique_ptr<State> state);
  Inference(Inference&&) noexcept;
  Inference& operator=(Inference&&) noexcept;
  ~Inference();

  /// The only input, in the file's layout (NHWC). Not to be touched between start() and wait().
  std::span<float> input();
  /// Output number `position` of those kept, valid until the next start().
  std::span<const float> output(std::size_t position) const;

  void start();
  /// Waits for what start() began. Throws Error when the network failed.
  void wait();
  /// Both, on the calling thread, whose priority counts then.
  void run();

 private:
  std::unique_ptr<State> state_;
};

/// A compiled network.
class Network {
 public:
  struct State;
  explicit Network(std::unique_ptr<State> state);
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;
  ~Network();

  Inference make_inference();

 private:
  std::unique_ptr<State> state_;
};

/// Loads networks; outlives nothing: what it loaded stays usable after it is gone.
class Engine {
 public:
  /// OpenVINO's compiled networks are kept in `cache_folder`; an empty path keeps none.
  explicit Engine(const std::filesystem::path& cache_folder, EngineKind kind = chosen_engine());
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Throws Error{kNotFound} without the file, Error{kCorrupt} when it cannot be read as a network.
  Network load(const std::filesystem::path& model_file, const NetworkOptions& options = {});

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace kata
