// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/tensor/graph_from_tflite.h"
#include "kata/tensor/graph_passes.h"
#include "kata/tensor/program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kSmall = 1U << 18U;
  try {
    kata::Graph graph = kata::graph_from_tflite({data, size});
    kata::simplify(graph);
    const kata::Program program(std::move(graph));
    if (program.memory() > kSmall || program.multiplications() > 16 * kSmall) return 0;
    std::vector<float> memory(program.memory(), 0.5F);
    program.run(memory.data());
  } catch (const kata::Error&) {
  }
  return 0;
}
