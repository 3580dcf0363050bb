// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/ridge.h"

#include <Eigen/Dense>
#include <cmath>
#include <map>
#include <utility>

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
  double accuracy = 0;
  Eigen::MatrixXd dual;
  Eigen::MatrixXd held_out;
};

using Members = std::vector<std::vector<Eigen::Index>>;

/// Which rows are left out together.
Members members_of_groups(std::span<const std::size_t> groups) {
  std::map<std::size_t, std::vector<Eigen::Index>> by_group;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    by_group[groups[i]].push_back(static_cast<Eigen::Index>(i));
  }
  Members members;
  for (auto& [group, rows] : by_group) members.push_back(std::move(rows));
  return members;
}

/// Closed form of what is missed when a group is left out: G_BB⁻¹ c_B, where G is the inverse of
/// the centred kernel plus penalty with the constant direction (the free intercept) taken out.
Eigen::MatrixXd held_out_residual(const Eigen::MatrixXd& inverse, const Eigen::MatrixXd& dual,
                                  const Members& members) {
  Eigen::MatrixXd residual(dual.rows(), dual.cols());
  for (const auto& rows : members) {
    if (rows.size() == 1) {
      residual.row(rows[0]) = dual.row(rows[0]) / std::max(inverse(rows[0], rows[0]), 1e-12);
    } else {
      const Eigen::MatrixXd block = inverse(rows, rows);
      const Eigen::MatrixXd wanted = dual(rows, Eigen::all);
      const Eigen::MatrixXd solved = block.ldlt().solve(wanted);
      residual(rows, Eigen::all) = solved;
    }
  }
  return residual;
}

double accuracy_of(const Eigen::MatrixXd& scores, const Eigen::MatrixXd& targets) {
  Eigen::Index right = 0;
  for (Eigen::Index i = 0; i < scores.rows(); ++i) {
    Eigen::Index said = 0;
    Eigen::Index truth = 0;
    scores.row(i).maxCoeff(&said);
    targets.row(i).maxCoeff(&truth);
    right += said == truth ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(scores.rows());
}

Solution solve_one(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& targets,
                   const Members& members, double penalty) {
  const Eigen::RowVectorXd means = targets.colwise().mean();
  const Eigen::MatrixXd centred = targets.rowwise() - means;
  const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(kernel.rows(), kernel.cols());
  Eigen::MatrixXd regular = kernel;
  regular.diagonal().array() += penalty;
  Eigen::MatrixXd inverse = regular.llt().solve(identity);
  Solution solution;
  solution.penalty = penalty;
  solution.dual = inverse * centred;
  inverse.array() -= 1.0 / (static_cast<double>(kernel.rows()) * penalty);
  solution.held_out = targets - held_out_residual(inverse, solution.dual, members);
  solution.accuracy = accuracy_of(solution.held_out, targets);
  return solution;
}

Solution solve(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& targets,
               const Members& members, const std::vector<double>& penalties) {
  std::vector<Solution> solutions;
  double top = 0;
  for (const double penalty : penalties) {
    solutions.push_back(solve_one(kernel, targets, members, penalty));
    top = std::max(top, solutions.back().accuracy);
  }
  const double error = std::sqrt(top * (1 - top) / static_cast<double>(kernel.rows()));
  for (Solution& solution : solutions) {
    if (solution.accuracy >= top - error - 1e-12) return std::move(solution);
  }
  return std::move(solutions.front());
}

Eigen::MatrixXd target_matrix(const RidgeTargets& targets) {
  Eigen::MatrixXd matrix =
      Eigen::MatrixXd::Constant(static_cast<Eigen::Index>(targets.labels.size()),
                                static_cast<Eigen::Index>(targets.classes), -1.0);
  for (std::size_t i = 0; i < targets.labels.size(); ++i) {
    matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(targets.labels[i])) = 1.0;
  }
  return matrix;
}

}  // namespace

Ridge::Fitted Ridge::fit(std::span<const float> features, std::size_t width,
                         const RidgeTargets& targets, const RidgeOptions& options) {
  const std::size_t count = targets.labels.size();
  KATA_CHECK(
      count > 1 && width > 0 && features.size() == count * width && targets.groups.size() == count,
      "rows of one width");
  Rows examples = Eigen::Map<const Rows>(features.data(), static_cast<Eigen::Index>(count),
                                         static_cast<Eigen::Index>(width));
  const Scaling scaling = standardise(examples, options.shared_scale);
  const Eigen::MatrixXd kernel = (examples * examples.transpose()).cast<double>();
  const Eigen::MatrixXd wanted = target_matrix(targets);
  const Solution solution =
      solve(kernel, wanted, members_of_groups(targets.groups), options.penalties);
  const Rows weights =
      (solution.dual.transpose().cast<float>() * examples) * scaling.factors.asDiagonal();

  Fitted fitted;
  fitted.penalty = solution.penalty;
  fitted.ridge.means_.assign(scaling.means.begin(), scaling.means.end());
  fitted.ridge.weights_.assign(weights.data(), weights.data() + weights.size());
  const Eigen::RowVectorXd means = wanted.colwise().mean();
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
