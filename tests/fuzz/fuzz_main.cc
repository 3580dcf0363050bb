// SPDX-License-Identifier: Apache-2.0
// Replays files through a fuzz target, and mutates them where libFuzzer is not at hand:
//   csv_fuzz [--seconds S] [--seed N] FILE|FOLDER…
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// Sanitizers shall abort, so that the input is saved.
extern "C" const char* __asan_default_options() { return "abort_on_error=1"; }   // NOLINT
extern "C" const char* __ubsan_default_options() { return "abort_on_error=1"; }  // NOLINT

namespace {

namespace fs = std::filesystem;
using Random = std::mt19937_64;

constexpr std::size_t kMaxInputBytes = 1U << 20U;

std::string read_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> inputs_at(const fs::path& place) {
  if (!fs::is_directory(place)) return {read_file(place)};
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(place)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  inputs.reserve(paths.size());
  for (const fs::path& path : paths) inputs.push_back(read_file(path));
  return inputs;
}

void try_input(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::size_t below(Random& random, std::size_t limit) { return limit == 0 ? 0 : random() % limit; }

std::string interesting(Random& random) {
  static const std::vector<std::string> kPieces = {"0",
                                                   "-1",
                                                   "nan",
                                                   "1e999",
                                                   ",",
                                                   "\"",
                                                   "\n",
                                                   "\r\n",
                                                   "{",
                                                   "[[[[",
                                                   "null",
                                                   "\xff",
                                                   "\xff\xff\xff\xff",
                                                   std::string(4, '\0'),
                                                   "1e-9",
                                                   "time_s",
                                                   ",,,,",
                                                   "(",
                                                   "99999999999999999999",
                                                   "\x7f\xff\xff\xff",
                                                   "pose_x0"};
  return kPieces[below(random, kPieces.size())];
}

void mutate(std::string& input, const std::vector<std::string>& corpus, Random& random) {
  const std::size_t at = below(random, input.size() + 1);
  const std::size_t length = below(random, std::min<std::size_t>(input.size() - at, 64) + 1);
  switch (below(random, 7)) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(random());
      break;
    case 1:
      if (at < input.size()) {
        input[at] = static_cast<char>(input[at] ^ static_cast<char>(1U << below(random, 8)));
      }
      break;
    case 2:
      input.erase(at, length);
      break;
    case 3:
      input.insert(at, input.substr(below(random, input.size() + 1), length));
      break;
    case 4:
      input.replace(at, length, interesting(random));
      break;
    case 5: {
      const std::string& other = corpus[below(random, corpus.size())];
      const std::size_t from = below(random, other.size() + 1);
      input = input.substr(0, at) + other.substr(from);
      break;
    }
    default:
      input.resize(at);
  }
  if (input.size() > kMaxInputBytes) input.resize(kMaxInputBytes);
}

std::string last_input;  // NOLINT: a signal handler can reach nothing else

/// Saves the input that ended the program; only calls that are allowed in a signal handler.
void save_last_input(int signal) {
  const int file = ::open("fuzz-last-input", O_CREAT | O_TRUNC | O_WRONLY, 0644);
  if (file >= 0 && ::write(file, last_input.data(), last_input.size()) >= 0) ::close(file);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// Tries changed inputs until the time is over.
std::uint64_t search(const std::vector<std::string>& corpus, double seconds, std::uint64_t seed) {
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE}) std::signal(signal, save_last_input);
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  Random random(seed);
  std::uint64_t tries = 0;
  for (; std::chrono::steady_clock::now() < end; ++tries) {
    last_input = corpus[below(random, corpus.size())];
    const std::size_t steps = 1 + below(random, 5);
    for (std::size_t i = 0; i < steps; ++i) mutate(last_input, corpus, random);
    try_input(last_input);
  }
  return tries;
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 0;
  std::uint64_t seed = 1;
  std::vector<std::string> corpus;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--seconds" && i + 1 < argc) {
      seconds = std::stod(argv[++i]);
    } else if (argument == "--seed" && i + 1 < argc) {
      seed = std::stoull(argv[++i]);
    } else {
      for (std::string& input : inputs_at(argument)) corpus.push_back(std::move(input));
    }
  }
  if (corpus.empty()) {
    std::fputs("no input given: FILE or FOLDER with inputs\n", stderr);
    return 2;
  }
  for (const std::string& input : corpus) try_input(input);
  std::printf("replayed %zu inputs\n", corpus.size());
  if (seconds > 0) {
    const std::uint64_t tries = search(corpus, seconds, seed);
    std::printf("tried %llu changed inputs\n", static_cast<unsigned long long>(tries));
  }
  return 0;
}
