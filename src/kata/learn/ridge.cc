// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/ridge.h"

#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "kata/core/error.h"

namespace kata {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Scaling {
  Eigen::VectorXf means;
  Eigen::VectorXf factors;
};

/// Centres and scales in place so that a centred example has a mean squared length of one.
Scaling standardise(Rows& examples, double shared_scale) {
  const auto count = static_cast<float>(examples.rows());
  Scaling scaling;
  scaling.means = examples.colwise().mean();
  examples.rowwise() -= scaling.means.transpose();
  const Eigen::VectorXf spread = (examples.colwise().squaredNorm() / count).cwiseSqrt();
  const float shared = std::sqrt(spread.squaredNorm() / static_cast<float>(spread.size()));
  const float mix = static_cast<float>(shared_scale);
  scaling.factors = ((1 - mix) * spread.array() + mix * shared + 1e-8F).inverse().matrix();
  examples.array().rowwise() *= scaling.factors.transpose().array();
  const float length = std::sqrt(examples.squaredNorm() / count);
  if (length > 0) {
    examples /= length;
    scaling.factors /= length;
  }
  return scaling;
}

struct Solution {
  double penalty = 0;
  double error = std::numeric_limits<double>::infinity();
  Eigen::MatrixXd dual;
  Eigen::MatrixXd held_out;
};

/// Closed-form leave-one-out residuals of ridge with a free intercept: c_i / G_ii, where G is the
/// inverse of the centred kernel plus penalty with the constant direction taken out.
Solution solve(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& targets,
               const std::vector<double>& penalties) {
  const auto count = static_cast<double>(kernel.rows());
  const Eigen::RowVectorXd means = targets.colwise().mean();
  const Eigen::MatrixXd centred = targets.rowwise() - means;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(kernel);
  const Eigen::VectorXd values = eigen.eigenvalues().cwiseMax(0);
  const Eigen::MatrixXd& vectors = eigen.eigenvectors();
  const Eigen::MatrixXd projected = vectors.transpose() * centred;
  Solution best;
  for (const double penalty : penalties) {
    const Eigen::VectorXd inverse = (values.array() + penalty).inverse();
    const Eigen::MatrixXd dual = vectors * inverse.asDiagonal() * projected;
    const Eigen::VectorXd diagonal =
        (vectors.array().square().matrix() * inverse).array() - 1.0 / (count * penalty);
    Eigen::MatrixXd residual = dual;
    for (Eigen::Index i = 0; i < residual.rows(); ++i) {
      residual.row(i) /= std::max(diagonal(i), 1e-12);
    }
    const double error = residual.squaredNorm();
    if (error < best.error) best = {penalty, error, dual, targets - residual};
  }
  return best;
}

}  // namespace

Ridge::Fitted Ridge::fit(std::span<const float> features, std::size_t width,
                         std::span<const std::size_t> labels, std::size_t classes,
                         const RidgeOptions& options) {
  const std::size_t count = labels.size();
  KATA_CHECK(count > 1 && width > 0 && features.size() == count * width, "rows of one width");
  Rows examples = Eigen::Map<const Rows>(features.data(), static_cast<Eigen::Index>(count),
                                         static_cast<Eigen::Index>(width));
  const Scaling scaling = standardise(examples, options.shared_scale);
  const Eigen::MatrixXd kernel = (examples * examples.transpose()).cast<double>();
  Eigen::MatrixXd targets = Eigen::MatrixXd::Constant(
      static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(classes), -1.0);
  for (std::size_t i = 0; i < count; ++i) {
    targets(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(labels[i])) = 1.0;
  }
  const Solution solution = solve(kernel, targets, options.penalties);
  const Rows weights = (solution.dual.transpose().cast<float>() * examples) *
                       scaling.factors.asDiagonal();

  Fitted fitted;
  fitted.penalty = solution.penalty;
  fitted.ridge.means_.assign(scaling.means.begin(), scaling.means.end());
  fitted.ridge.weights_.assign(weights.data(), weights.data() + weights.size());
  const Eigen::RowVectorXd means = targets.colwise().mean();
  fitted.ridge.intercepts_.assign(means.begin(), means.end());
  for (Eigen::Index i = 0; i < solution.held_out.rows(); ++i) {
    for (Eigen::Index k = 0; k < solution.held_out.cols(); ++k) {
      fitted.held_out_scores.push_back(solution.held_out(i, k));
    }
  }
  return fitted;
}

std::vector<double> Ridge::scores(std::span<const float> features) const {
  KATA_CHECK(features.size() == means_.size(), "features of the fitted width");
  const auto size = static_cast<Eigen::Index>(means_.size());
  const Eigen::Map<const Eigen::VectorXf> values(features.data(), size);
  const Eigen::Map<const Eigen::VectorXf> means(means_.data(), size);
  const Eigen::VectorXf centred = values - means;
  std::vector<double> scores = intercepts_;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    const Eigen::Map<const Eigen::VectorXf> weights(&weights_[k * means_.size()], size);
    scores[k] += static_cast<double>(weights.dot(centred));
  }
  return scores;
}

void Ridge::save(ByteWriter& writer) const {
  writer.put_array(means_);
  writer.put_array(weights_);
  writer.put_array(intercepts_);
}

Ridge Ridge::load(ByteReader& reader) {
  Ridge ridge;
  ridge.means_ = reader.array<float>();
  ridge.weights_ = reader.array<float>();
  ridge.intercepts_ = reader.array<double>();
  ByteReader::expect(ridge.weights_.size() == ridge.means_.size() * ridge.intercepts_.size());
  return ridge;
}

}  // namespace kata
