// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace kata {

struct NetworkOptions {
  int threads = 1;   ///< for one inference; ≥ 1
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
  /// Compiled networks are kept in `cache_folder`; an empty path keeps none.
  explicit Engine(const std::filesystem::path& cache_folder);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Throws Error{kNotFound} without the file, Error{kCorrupt} when it cannot be read as a network.
  Network load(const std::filesystem::path& model_file, const NetworkOptions& options = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kata
