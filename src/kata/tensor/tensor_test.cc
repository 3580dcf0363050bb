// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "kata/tensor/float16.h"
#include "kata/tensor/graph_from_tflite.h"
#include "kata/tensor/graph_passes.h"
#include "kata/tensor/memory_plan.h"
#include "kata/tensor/program.h"
#include "tests/support/small_networks.h"

namespace kata {
namespace {

Graph graph_of(const test::SmallNetwork& network, const std::vector<std::size_t>& outputs = {}) {
  return graph_from_tflite(
      {reinterpret_cast<const std::uint8_t*>(network.file.data()), network.file.size()}, outputs);
}

TEST(Float16, HasSmallLargeAndSpecialNumbers) {
  EXPECT_EQ(float_from_half(0x3c00), 1.0f);
  EXPECT_EQ(float_from_half(0xc000), -2.0f);
  EXPECT_EQ(float_from_half(0x7bff), 65504.0f);
  EXPECT_EQ(float_from_half(0x0001), 0x1p-24f);
  EXPECT_EQ(float_from_half(0x83ff), -1023 * 0x1p-24f);
  EXPECT_EQ(float_from_half(0xfc00), -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(float_from_half(0x7e00)));
  EXPECT_TRUE(std::signbit(float_from_half(0x8000)));
}

TEST(MemoryPlan, NeverLaysTogetherWhatIsThereAtOnce) {
  std::mt19937 random(3);
  std::vector<MemoryNeed> needs;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    needs.push_back({1 + random() % 1000, i, i + random() % 4});
    sum += needs.back().floats;
  }
  const MemoryPlan plan = plan_memory(needs);
  for (std::size_t a = 0; a < needs.size(); ++a) {
    EXPECT_LE(plan.places[a] + needs[a].floats, plan.floats);
    for (std::size_t b = 0; b < a; ++b) {
      const bool is_apart_in_time =
          needs[a].last < needs[b].first || needs[b].last < needs[a].first;
      const bool is_apart = plan.places[a] + needs[a].floats <= plan.places[b] ||
                            plan.places[b] + needs[b].floats <= plan.places[a];
      EXPECT_TRUE(is_apart_in_time || is_apart) << a << " " << b;
    }
  }
  EXPECT_LT(plan.floats, sum / 4);
}

TEST(Graph, KeepsOnlyWhatAnOutputNeeds) {
  const Graph whole = graph_of(test::shapes());
  const Graph part = graph_of(test::shapes(), {1});
  EXPECT_EQ(whole.nodes.size(), 9u);
  EXPECT_EQ(part.nodes.size(), 3u);
  EXPECT_EQ(part.outputs, std::vector{whole.outputs[1]});
}

TEST(Graph, JoinsPaddingsActivationsAndSums) {
  Graph graph = graph_of(test::inverted_residual());
  EXPECT_EQ(graph.nodes.size(), 6u);
  fold_paddings(graph);
  EXPECT_EQ(remove_dead_channels(graph), 1u);
  simplify(graph);
  ASSERT_EQ(graph.nodes.size(), 4u);  // the slice, and three convolutions
  EXPECT_TRUE(graph.nodes[3].residual.has_value());
  EXPECT_EQ(graph.nodes[3].clamp, (Clamp{.low = 0}));
}

TEST(Program, GivesTheSameInAMemoryThatWasUsedBefore) {
  for (const auto& network : test::small_networks()) {
    Graph graph = graph_of(network);
    simplify(graph);
    const Program program(std::move(graph));
    std::vector<float> fresh(program.memory(), 0.0f);
    std::vector<float> used(program.memory(), 77.0f);
    for (std::size_t i = 0; i < program.input().count; ++i) {
      const float value = std::sin(static_cast<float>(i));
      fresh[program.input().begin + i] = used[program.input().begin + i] = value;
    }
    program.run(fresh.data());
    program.run(used.data());
    program.run(used.data());  // the input is still there
    for (const MemoryPart& part : program.outputs()) {
      for (std::size_t i = part.begin; i < part.begin + part.count; ++i)
        ASSERT_EQ(fresh[i], used[i]) << network.name;
    }
  }
}

}  // namespace
}  // namespace kata
