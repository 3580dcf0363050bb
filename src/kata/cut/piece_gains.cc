// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/piece_gains.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace kata {
namespace {

/// Natural logarithm of a positive normal number, within 1e-4: by a polynomial of the mantissa, so
/// that loops over it vectorise.
inline float quick_log(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const auto exponent = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 127);
  const float m = std::bit_cast<float>((bits & 0x7FFFFFU) | 0x3F800000U);
  const float log2 = exponent - 1.7417939F +
                     (2.8212026F + (-1.4699568F + (0.44717955F - 0.056570851F * m) * m) * m) * m;
  return 0.69314718F * log2;
}

constexpr float kWorthless = -1;

/// What both ways to measure a gain share.
struct GainRule {
  float own, jitter, offset, least_scale, most_scale;

  float gain(float piece_variance, float shape_variance, float shared, float apart,
             bool is_pair) const {
    const float scale =
        std::clamp(shared / std::max(shape_variance, 1e-12F), least_scale, most_scale);
    const float rest =
        std::max(0.0F, piece_variance - 2 * scale * shared + scale * scale * shape_variance);
    const float slack = own * own * shape_variance + 2 * jitter * jitter + 1e-9F;
    return 0.5F * quick_log((piece_variance + slack) /
                            ((is_pair ? 0.5F : 1.0F) * rest + offset * apart + slack));
  }
};

GainRule rule_of(const CutSignal& signal, const CutTemplate& shape, const CutTuning& tuning) {
  return {tuning.own_spread, signal.jitter, shape.is_elsewhere ? 0.0F : tuning.offset,
          tuning.least_scale, tuning.most_scale};
}

}  // namespace

CutTemplate template_of(const CutSignal& signal, const CutPiece& piece, std::size_t points) {
  CutTemplate result;
  result.points = points;
  result.shape.resize(points * signal.dims);
  result.mean.assign(signal.dims, 0.0F);
  for (std::size_t d = 0; d < signal.dims; ++d) {
    const float* x = signal.dim(d);
    for (std::size_t p = 0; p < points; ++p) {
      const double at = static_cast<double>(piece.begin) +
                        static_cast<double>(piece.length * p) / static_cast<double>(points - 1);
      const auto a = static_cast<std::size_t>(at);
      const std::size_t b = std::min(a + 1, signal.frames - 1);
      const auto share = static_cast<float>(at - static_cast<double>(a));
      result.shape[p * signal.dims + d] = x[a] + share * (x[b] - x[a]);
      result.mean[d] += result.shape[p * signal.dims + d] / static_cast<float>(points);
    }
    for (std::size_t p = 0; p < points; ++p) {
      float& value = result.shape[p * signal.dims + d];
      value -= result.mean[d];
      result.variance += value * value / static_cast<float>(points);
    }
  }
  return result;
}

CutTemplate mean_template(std::span<const CutTemplate* const> templates) {
  CutTemplate result = *templates.front();
  const auto count = static_cast<float>(templates.size());
  for (std::size_t i = 0; i < result.shape.size(); ++i) {
    float sum = 0;
    for (const CutTemplate* each : templates) sum += each->shape[i];
    result.shape[i] = sum / count;
  }
  for (std::size_t d = 0; d < result.mean.size(); ++d) {
    float sum = 0;
    for (const CutTemplate* each : templates) sum += each->mean[d];
    result.mean[d] = sum / count;
  }
  result.variance = 0;
  for (const float value : result.shape)
    result.variance += value * value / static_cast<float>(result.points);
  result.is_single = templates.size() == 1;
  return result;
}

CutTemplate slice_of(const CutTemplate& whole, std::size_t first, std::size_t count) {
  CutTemplate part = whole;
  const std::size_t dims = whole.mean.size();
  part.points = count;
  part.shape.assign(whole.shape.begin() + static_cast<std::ptrdiff_t>(first * dims),
                    whole.shape.begin() + static_cast<std::ptrdiff_t>((first + count) * dims));
  part.variance = 0;
  for (std::size_t d = 0; d < dims; ++d) {
    float mean = 0;
    for (std::size_t p = 0; p < count; ++p) mean += part.shape[p * dims + d];
    mean /= static_cast<float>(count);
    part.mean[d] += mean;
    for (std::size_t p = 0; p < count; ++p) {
      float& value = part.shape[p * dims + d];
      value -= mean;
      part.variance += value * value / static_cast<float>(count);
    }
  }
  return part;
}

PieceSums::PieceSums(const CutSignal& signal, const CutTuning& tuning)
    : signal_(signal), tuning_(tuning) {
  const std::size_t n = signal.frames;
  sums_.assign(signal.dims * (n + 1), 0.0);
  squares_.assign(n + 1, 0.0);
  active_.assign(n + 1, 0.0);
  for (std::size_t d = 0; d < signal.dims; ++d) {
    const float* x = signal.dim(d);
    double* sum = &sums_[d * (n + 1)];
    for (std::size_t f = 0; f < n; ++f) {
      sum[f + 1] = sum[f] + x[f];
      squares_[f + 1] += static_cast<double>(x[f]) * x[f];
    }
  }
  const float slow = tuning.slow * signal.typical_speed;
  for (std::size_t f = 0; f < n; ++f) {
    squares_[f + 1] += squares_[f];
    const float v = signal.speed[f] * signal.speed[f];
    active_[f + 1] = active_[f] + signal.step_s * v / (v + slow * slow + 1e-12F);
  }
}

float PieceSums::variance(const CutPiece& piece) const {
  const auto n = static_cast<double>(piece.length + 1);
  double square = (squares_[piece.end() + 1] - squares_[piece.begin]) / n;
  for (std::size_t d = 0; d < signal_.dims; ++d) {
    const double mean = (dim(d)[piece.end() + 1] - dim(d)[piece.begin]) / n;
    square -= mean * mean;
  }
  return static_cast<float>(std::max(square, 0.0));
}

float PieceSums::active_s(const CutPiece& piece) const {
  return static_cast<float>(active_[piece.end()] - active_[piece.begin]);
}

float PieceSums::price(const CutPiece& piece) const {
  const float typical = std::max(signal_.typical_speed, 1e-9F);
  const float ends = std::min(1.0F, signal_.speed[piece.begin] / typical) +
                     std::min(1.0F, signal_.speed[piece.end()] / typical);
  const float rest_s = static_cast<float>(duration_s(piece)) - active_s(piece);
  return tuning_.price + tuning_.end_price * ends + tuning_.rest_price * rest_s;
}

PieceGains::PieceGains(const PieceSums& sums, std::vector<std::size_t> lengths,
                       const CutTuning& tuning)
    : sums_(&sums), tuning_(&tuning), lengths_(std::move(lengths)), frames_(sums.signal().frames) {
  std::erase_if(lengths_, [&](std::size_t length) { return length + 1 >= frames_; });
  const std::size_t size = lengths_.size() * frames_;
  for (auto* table : {&variance_, &active_s_, &price_, &mean_square_}) table->assign(size, 0.0F);
  worth_.assign(size, kWorthless);
  for (std::size_t l = 0; l < lengths_.size(); ++l) {
    for (std::size_t f = 0; f + lengths_[l] < frames_; ++f) {
      const CutPiece piece{f, lengths_[l]};
      const std::size_t at = l * frames_ + f;
      variance_[at] = sums.variance(piece);
      active_s_[at] = sums.active_s(piece);
      price_[at] = sums.price(piece);
      for (std::size_t d = 0; d < sums.signal().dims; ++d) {
        const auto mean = static_cast<float>((sums.dim(d)[piece.end() + 1] - sums.dim(d)[f]) /
                                             static_cast<double>(piece.length + 1));
        mean_square_[at] += mean * mean;
      }
    }
  }
}

void PieceGains::clear() { std::ranges::fill(worth_, kWorthless); }

/// How each frame lies along each of the template's points, and along its mean.
void PieceGains::project(const CutTemplate& shape) {
  const CutSignal& signal = sums_->signal();
  rows_.assign(shape.points * frames_, 0.0F);
  for (std::size_t p = 0; p < shape.points; ++p) {
    float* row = &rows_[p * frames_];
    for (std::size_t d = 0; d < signal.dims; ++d) {
      const float factor = shape.shape[p * signal.dims + d] / static_cast<float>(shape.points);
      const float* x = signal.dim(d);
      for (std::size_t f = 0; f < frames_; ++f) row[f] += factor * x[f];
    }
  }
  mean_sums_.assign(frames_ + 1, 0.0);
  for (std::size_t d = 0; d < signal.dims; ++d) {
    const double* sum = sums_->dim(d);
    for (std::size_t f = 0; f <= frames_; ++f) mean_sums_[f] += shape.mean[d] * sum[f];
  }
}

void PieceGains::add_length(const CutTemplate& shape, std::size_t l) {
  const std::size_t length = lengths_[l], count = frames_ - length;
  shared_.assign(count, 0.0F);
  means_.resize(count);
  for (std::size_t p = 0; p < shape.points; ++p) {
    const std::size_t off = (length * p + (shape.points - 1) / 2) / (shape.points - 1);
    const float* row = &rows_[p * frames_ + off];
    for (std::size_t f = 0; f < count; ++f) shared_[f] += row[f];
  }
  const auto n = static_cast<double>(length + 1);
  for (std::size_t f = 0; f < count; ++f)
    means_[f] = static_cast<float>((mean_sums_[f + length + 1] - mean_sums_[f]) / n);
  float mean_square = 0;
  for (const float value : shape.mean) mean_square += value * value;
  const GainRule rule = rule_of(sums_->signal(), shape, *tuning_);
  const float *variance = &variance_[l * frames_], *active_s = &active_s_[l * frames_],
              *price = &price_[l * frames_], *own_square = &mean_square_[l * frames_];
  float* worth = &worth_[l * frames_];
  const float *shared = shared_.data(), *means = means_.data();
  const float least = tuning_->least_gain;
  for (std::size_t f = 0; f < count; ++f) {
    const float apart = std::max(0.0F, own_square[f] - 2 * means[f] + mean_square);
    const float gain = rule.gain(variance[f], shape.variance, shared[f], apart, shape.is_single);
    worth[f] = std::max(worth[f], active_s[f] * (gain - least) - price[f]);
  }
}

void PieceGains::add(const CutTemplate& shape) {
  project(shape);
  for (std::size_t l = 0; l < lengths_.size(); ++l) {
    if (lengths_[l] >= shape.shortest && lengths_[l] <= shape.longest) add_length(shape, l);
  }
}

void PieceGains::add_known(std::span<const CutTemplate> known) {
  if (known.empty()) return;
  std::vector<float> within = worth_;
  clear();
  for (const CutTemplate& shape : known) add(shape);
  for (std::size_t i = 0; i < worth_.size(); ++i)
    worth_[i] = std::max(within[i], worth_[i]) + tuning_->known_weight * std::max(0.0F, worth_[i]);
}

void PieceGains::add_ends(const PieceEnds& ends) {
  for (std::size_t l = 0; l < lengths_.size(); ++l) {
    const float likeness = ends.share * ends.likeness_of(lengths_[l]);
    float* worth_here = worth(l);
    const float* active = active_s(l);
    for (std::size_t f = 0; f + lengths_[l] < frames_; ++f)
      worth_here[f] += likeness * active[f] * ends.begins[f] * ends.ends[f + lengths_[l]];
  }
}

float PieceEnds::likeness_of(std::size_t length_of_piece) const {
  const float off = std::log(static_cast<float>(length_of_piece) / length) / spread;
  return std::exp(-0.5F * off * off);
}

float PieceEnds::bonus(const PieceSums& sums, const CutPiece& piece) const {
  return share * sums.active_s(piece) * likeness_of(piece.length) * begins[piece.begin] *
         ends[piece.end()];
}

namespace {

/// How like each frame is to those at these places.
std::vector<float> likeness_to(const CutSignal& signal, const std::vector<std::size_t>& places,
                               float slack) {
  std::vector<float> apart(signal.frames, 0.0F);
  float spread = slack;
  for (std::size_t d = 0; d < signal.dims; ++d) {
    const float* x = signal.dim(d);
    float mean = 0;
    for (const std::size_t f : places) mean += x[f] / static_cast<float>(places.size());
    for (const std::size_t f : places)
      spread += (x[f] - mean) * (x[f] - mean) / static_cast<float>(places.size());
    for (std::size_t f = 0; f < signal.frames; ++f) apart[f] += (x[f] - mean) * (x[f] - mean);
  }
  for (float& each : apart) each = std::exp(-0.5F * each / std::max(spread, 1e-12F));
  return apart;
}

}  // namespace

PieceEnds ends_of(const PieceSums& sums, std::span<const CutPiece> pieces,
                  const CutTuning& tuning) {
  PieceEnds result;
  result.share = tuning.ends_share;
  result.spread = tuning.duration_spread;
  std::vector<std::size_t> begins, ends;
  float variance = 0;
  for (const CutPiece& piece : pieces) {
    begins.push_back(piece.begin);
    ends.push_back(piece.end());
    variance += sums.variance(piece) / static_cast<float>(pieces.size());
    result.length += static_cast<float>(piece.length) / static_cast<float>(pieces.size());
  }
  const float slack = tuning.ends_slack * tuning.ends_slack * variance;
  result.begins = likeness_to(sums.signal(), begins, slack);
  result.ends = likeness_to(sums.signal(), ends, slack);
  return result;
}

float gain_by(const PieceSums& sums, const CutTemplate& own, const CutTemplate& shape,
              const CutTuning& tuning) {
  float shared = 0, apart = 0;
  for (std::size_t i = 0; i < own.shape.size(); ++i) shared += own.shape[i] * shape.shape[i];
  for (std::size_t d = 0; d < own.mean.size(); ++d)
    apart += (own.mean[d] - shape.mean[d]) * (own.mean[d] - shape.mean[d]);
  return rule_of(sums.signal(), shape, tuning)
      .gain(own.variance, shape.variance, shared / static_cast<float>(own.points), apart,
            own.is_single && shape.is_single);
}

float worth_by(const PieceSums& sums, const CutPiece& piece, const CutTemplate& own,
               const CutTemplate& shape, const CutTuning& tuning) {
  if (piece.length < shape.shortest || piece.length > shape.longest) return kWorthless;
  return sums.active_s(piece) * (gain_by(sums, own, shape, tuning) - tuning.least_gain) -
         sums.price(piece);
}

}  // namespace kata
