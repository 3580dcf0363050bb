// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/matrix.h"

#include <algorithm>
#include <array>

#include "kata/core/error.h"
#include "kata/tensor/finish.h"
#include "kata/tensor/lanes.h"

namespace kata {
namespace {

// 4 rows × 2 vectors of sums, 2 of weights and one of input fit into the 16 registers of SSE and,
// below WebAssembly, of AVX.
constexpr std::size_t kRowsAtOnce = 6;
constexpr std::size_t kVectors = 2;
constexpr std::size_t kPanel = kVectors * kLanes;
/// So much of the input, in floats, is multiplied with all panels before the next: it stays in the
/// second-level cache.
constexpr std::size_t kInputAtOnce = 24 * 1024;

std::size_t rounded_up(std::size_t count, std::size_t step) {
  return (count + step - 1) / step * step;
}

template <std::size_t kRows>
using Sums = std::array<std::array<Lanes, kVectors>, kRows>;

template <std::size_t kRows>
[[gnu::always_inline]] inline void accumulate(Sums<kRows>& sums,
                                              const std::array<const float*, kRows>& rows,
                                              std::size_t input, const float* weights) {
  std::array<Lanes, kVectors> w;
  for (std::size_t v = 0; v < kVectors; ++v) w[v] = load<Lanes>(weights + v * kLanes);
  for (std::size_t r = 0; r < kRows; ++r) {
    const Lanes x = splat<Lanes>(rows[r][input]);
    for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = multiplied_added(x, w[v], sums[r][v]);
  }
}

}  // namespace

/// One call of multiply().
class Multiplication {
 public:
  Multiplication(const MatrixRows& rows, const Matrix& matrix, const Clamp& clamp, const float* residual,
                 float* out)
      : rows_(rows),
        matrix_(matrix),
        finish_{clamp, matrix.slopes_.empty() ? nullptr : matrix.slopes_.data()},
        residual_(residual),
        out_(out) {}

  void run() const {
    const std::size_t fitting = kInputAtOnce / std::max<std::size_t>(matrix_.inputs_, 1);
    const std::size_t block = std::max(fitting / kRowsAtOnce, std::size_t{2}) * kRowsAtOnce;
    for (std::size_t row = 0; row < rows_.count; row += block) {
      const std::size_t end = std::min(rows_.count, row + block);
      for (std::size_t first = 0; first < matrix_.outputs_; first += kPanel) {
        run_panel(row, end, first);
      }
    }
  }

 private:
  void run_panel(std::size_t row, std::size_t end, std::size_t first) const {
    for (; row + kRowsAtOnce <= end; row += kRowsAtOnce) run_tile<kRowsAtOnce>(row, first);
    switch (end - row) {
      case 1:
        return run_tile<1>(row, first);
      case 2:
        return run_tile<2>(row, first);
      case 3:
        return run_tile<3>(row, first);
      case 4:
        return run_tile<4>(row, first);
      case 5:
        return run_tile<5>(row, first);
      default:
        return;
    }
  }

  template <std::size_t kRows>
  void run_tile(std::size_t row, std::size_t first) const {
    std::array<const float*, kRows> rows;
    for (std::size_t r = 0; r < kRows; ++r) rows[r] = rows_.data + (row + r) * rows_.stride;
    Sums<kRows> sums;
    for (std::size_t v = 0; v < kVectors; ++v) {
      const Lanes bias = load<Lanes>(matrix_.bias_.data() + first + v * kLanes);
      for (std::size_t r = 0; r < kRows; ++r) sums[r][v] = bias;
    }
    const std::size_t inputs = matrix_.inputs_;
    const float* weights = matrix_.panels_.data() + first * inputs;
    std::size_t input = 0;
    for (; input + 4 <= inputs; input += 4) {
      for (std::size_t i = 0; i < 4; ++i)
        accumulate<kRows>(sums, rows, input + i, weights + i * kPanel);
      weights += 4 * kPanel;
    }
    for (; input < inputs; ++input, weights += kPanel)
      accumulate<kRows>(sums, rows, input, weights);
    for (std::size_t r = 0; r < kRows; ++r) write(sums[r], row + r, first);
  }

  void write(const std::array<Lanes, kVectors>& sums, std::size_t row, std::size_t first) const {
    const std::size_t place = row * matrix_.outputs_ + first;
    if (first + kPanel <= matrix_.outputs_) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        const std::size_t at = v * kLanes;
        Lanes sum = sums[v];
        if (residual_ != nullptr) sum += load<Lanes>(residual_ + place + at);
        store(out_ + place + at, finish_.apply(sum, first + at));
      }
      return;
    }
    std::array<float, kPanel> parts;
    std::memcpy(parts.data(), sums.data(), sizeof parts);
    for (std::size_t i = 0; first + i < matrix_.outputs_; ++i) {
      if (residual_ != nullptr) parts[i] += residual_[place + i];
      out_[place + i] = finish_.apply(parts[i], first + i);
    }
  }

  const MatrixRows& rows_;
  const Matrix& matrix_;
  Finish finish_;
  const float* residual_;
  float* out_;
};

Matrix::Matrix(std::span<const float> weights, std::span<const float> bias,
               std::span<const float> slopes)
    : inputs_(weights.size() / bias.size()),
      outputs_(bias.size()),
      panels_(rounded_up(bias.size(), kPanel) * inputs_, 0.0f),
      bias_(bias.begin(), bias.end()),
      slopes_(slopes.begin(), slopes.end()) {
  KATA_CHECK(weights.size() == inputs_ * outputs_, "a matrix has a weight for each pair");
  for (std::size_t output = 0; output < outputs_; ++output) {
    float* panel = panels_.data() + output / kPanel * kPanel * inputs_ + output % kPanel;
    for (std::size_t input = 0; input < inputs_; ++input)
      panel[input * kPanel] = weights[output * inputs_ + input];
  }
  bias_.resize(rounded_up(outputs_, kPanel), 0.0f);
}

void multiply(const MatrixRows& rows, const Matrix& matrix, const Clamp& clamp, const float* residual,
              float* out) {
  Multiplication(rows, matrix, clamp, residual, out).run();
}

}  // namespace kata
