// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "kata/core/error.h"
#include "kata/tensor/graph_from_tflite.h"
#include "kata/tensor/graph_passes.h"
#include "kata/tensor/program.h"
#include "tests/support/small_networks.h"

namespace kata {
namespace {

/// Reads, lays out and, where that stays small, runs it. False where it was refused.
bool is_taken(const std::string& file) {
  try {
    Graph graph =
        graph_from_tflite({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()});
    simplify(graph);
    const Program program(std::move(graph));
    if (program.memory() > 100'000 || program.multiplications() > 1'000'000) return true;
    std::vector<float> memory(program.memory(), 0.5f);
    program.run(memory.data());
    return true;
  } catch (const Error& error) {
    EXPECT_TRUE(error.code() == ErrorCode::kCorrupt || error.code() == ErrorCode::kUnsupported);
    EXPECT_GT(std::string(error.what()).size(), 10u);
    return false;
  }
}

TEST(DamagedNetwork, IsTakenWhereItIsWhole) {
  for (const auto& network : test::small_networks())
    EXPECT_TRUE(is_taken(network.file)) << network.name;
}

TEST(DamagedNetwork, IsRefusedWhereItIsCutOff) {
  for (const auto& network : test::small_networks()) {
    for (std::size_t length = 0; length < network.file.size(); length += 7) {
      const bool was_taken = is_taken(network.file.substr(0, length));
      // At its end lie numbers that nobody needs, such as the sizes of a reshape.
      if (length >= network.file.size() * 3 / 4) continue;
      EXPECT_FALSE(was_taken) << network.name << " " << length;
    }
  }
}

TEST(DamagedNetwork, NeverReadsOutsideWhateverAByteSays) {
  std::size_t refused = 0;
  for (const auto& network : test::small_networks()) {
    for (std::size_t at = 0; at < network.file.size(); at += 3) {
      for (const char value : {'\x00', '\x7f', '\xff'}) {
        std::string file = network.file;
        file[at] = value;
        refused += is_taken(file) ? 0 : 1;
      }
    }
  }
  EXPECT_GT(refused, 100u);
}

TEST(DamagedNetwork, ThatIsNoneIsSaidToBeNone) {
  try {
    graph_from_tflite(std::vector<std::uint8_t>(100, 'x'));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), "it is no TensorFlow Lite file");
  }
}

}  // namespace
}  // namespace kata
