// SPDX-License-Identifier: Apache-2.0
//
// The module that contains libtorch; loaded by bilstm_module.cc.
#include <torch/nn.h>
#include <torch/optim.h>
#include <torch/utils.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "kata/learn/bilstm_trainer.h"

namespace kata {
namespace {

namespace nn = torch::nn;

/// As Keras begins: Glorot's uniform kernels, orthogonal recurrent ones, a forget gate that is
/// open.
void begin_lstm(nn::LSTM& lstm, std::int64_t units) {
  const torch::NoGradGuard no_gradient;
  for (auto& parameter : lstm->named_parameters()) {
    const std::string& name = parameter.key();
    torch::Tensor& value = parameter.value();
    if (name.starts_with("weight_ih")) {
      const double inputs = static_cast<double>(value.size(1));
      const double limit = std::sqrt(6.0 / (inputs + 4.0 * static_cast<double>(units)));
      value.uniform_(-limit, limit);
    } else if (name.starts_with("weight_hh")) {
      nn::init::orthogonal_(value);
    } else {
      value.zero_();
      // Two biases are added in libtorch, one is learned in Keras: the second stays zero.
      if (name.starts_with("bias_ih")) value.slice(0, units, 2 * units).fill_(1.0);
      if (name.starts_with("bias_hh")) value.set_requires_grad(false);
    }
  }
}

void begin_dense(nn::Linear& dense) {
  const torch::NoGradGuard no_gradient;
  nn::init::xavier_uniform_(dense->weight);
  dense->bias.zero_();
}

class NetworkImpl : public nn::Module {
 public:
  NetworkImpl(const BilstmLessons& lessons, double dropout) : dropout_(dropout) {
    auto inputs = static_cast<std::int64_t>(lessons.channels);
    for (const std::uint32_t units : BilstmNetwork::kUnits) {
      lstm_.push_back(register_module(
          "lstm" + std::to_string(lstm_.size()),
          nn::LSTM(nn::LSTMOptions(inputs, units).batch_first(true).bidirectional(true))));
      begin_lstm(lstm_.back(), units);
      inputs = 2 * static_cast<std::int64_t>(units);
    }
    std::vector<std::int64_t> sizes(BilstmNetwork::kHidden.begin(), BilstmNetwork::kHidden.end());
    sizes.push_back(static_cast<std::int64_t>(lessons.classes));
    for (const std::int64_t size : sizes) {
      dense_.push_back(
          register_module("dense" + std::to_string(dense_.size()), nn::Linear(inputs, size)));
      begin_dense(dense_.back());
      inputs = size;
    }
  }

  /// Log-odds of the classes for [examples, frames, channels].
  torch::Tensor forward(torch::Tensor values) {
    torch::Tensor known;
    for (std::size_t layer = 0; layer < lstm_.size(); ++layer) {
      auto [out, states] = lstm_[layer]->forward(values);
      const torch::Tensor last = std::get<0>(states);
      known = torch::cat({last[0], last[1]}, 1);
      values = torch::dropout(out, dropout_, is_training());
    }
    for (std::size_t i = 0; i + 1 < dense_.size(); ++i)
      known = torch::relu(dense_[i]->forward(known));
    return dense_.back()->forward(known);
  }

  /// Keras's l2() on the kernels of the middle layer.
  torch::Tensor penalty(double l2) {
    torch::Tensor sum = torch::zeros({});
    for (const auto& parameter : lstm_[1]->named_parameters()) {
      if (parameter.key().starts_with("weight_ih")) sum = sum + parameter.value().square().sum();
    }
    return l2 * sum;
  }

  BilstmNetwork weights() const;

 private:
  double dropout_;
  std::vector<nn::LSTM> lstm_;
  std::vector<nn::Linear> dense_;
};
TORCH_MODULE(Network);

std::vector<float> numbers(const torch::Tensor& tensor) {
  const torch::Tensor flat = tensor.detach().contiguous();
  const float* values = flat.data_ptr<float>();
  return {values, values + flat.numel()};
}

BilstmNetwork NetworkImpl::weights() const {
  BilstmNetwork network;
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    LstmWeights& to = network.lstm[i];
    const auto parameters = lstm_[i / 2]->named_parameters();
    const std::string suffix = i % 2 == 0 ? "_l0" : "_l0_reverse";
    const torch::Tensor kernel = parameters["weight_ih" + suffix];
    to.units = BilstmNetwork::kUnits[i / 2];
    to.inputs = static_cast<std::uint32_t>(kernel.size(1));
    to.kernel = numbers(kernel);
    to.recurrent = numbers(parameters["weight_hh" + suffix]);
    to.bias = numbers(parameters["bias_ih" + suffix]);
  }
  for (std::size_t i = 0; i < network.dense.size(); ++i) {
    const torch::Tensor& kernel = dense_[i]->weight;
    network.dense[i] = {static_cast<std::uint32_t>(kernel.size(1)),
                        static_cast<std::uint32_t>(kernel.size(0)), numbers(kernel),
                        numbers(dense_[i]->bias)};
  }
  return network;
}

struct Examples {
  torch::Tensor values;
  torch::Tensor labels;
  std::int64_t size() const { return labels.size(0); }
};

Examples examples_of(const BilstmLessons& lessons, const std::vector<float>& values,
                     const std::vector<std::int64_t>& labels) {
  const auto count = static_cast<std::int64_t>(labels.size());
  return {torch::tensor(values).reshape({count, static_cast<std::int64_t>(lessons.frames),
                                         static_cast<std::int64_t>(lessons.channels)}),
          torch::tensor(labels, torch::kInt64)};
}

struct Measured {
  double loss = 0;
  double accuracy = 0;
};

Measured measure(Network& network, const Examples& examples, double l2) {
  const torch::NoGradGuard no_gradient;
  network->eval();
  const torch::Tensor odds = network->forward(examples.values);
  const torch::Tensor loss = torch::nn::functional::cross_entropy(odds, examples.labels);
  const torch::Tensor hits = odds.argmax(1).eq(examples.labels).to(torch::kFloat).mean();
  network->train();
  return {(loss + network->penalty(l2)).item<double>(), hits.item<double>()};
}

/// Keras's ReduceLROnPlateau on the checked loss.
class Plateau {
 public:
  explicit Plateau(const BilstmSchedule& schedule)
      : schedule_(schedule), rate_(schedule.learning_rate) {}
  double rate() const { return rate_; }
  void note(double loss) {
    constexpr double kLeastGain = 1e-4;
    if (loss < best_ - kLeastGain) {
      best_ = loss;
      waited_ = 0;
    } else if (++waited_ >= schedule_.plateau_patience) {
      rate_ = std::max(rate_ * schedule_.plateau_factor, schedule_.least_rate);
      waited_ = 0;
    }
  }

 private:
  const BilstmSchedule& schedule_;
  double rate_;
  double best_ = std::numeric_limits<double>::infinity();
  int waited_ = 0;
};

/// One pass over all examples in a drawn order; false where it was stopped.
bool run_epoch(Network& network, torch::optim::Adam& adam, const Examples& examples,
               const BilstmSchedule& schedule, const BilstmWatch& watch, Measured& measured) {
  const torch::Tensor order = torch::randperm(examples.size());
  measured = {};
  for (std::int64_t begin = 0; begin < examples.size(); begin += schedule.batch) {
    if (!watch({})) return false;
    const std::int64_t end = std::min<std::int64_t>(begin + schedule.batch, examples.size());
    const torch::Tensor places = order.slice(0, begin, end);
    const torch::Tensor labels = examples.labels.index_select(0, places);
    adam.zero_grad();
    const torch::Tensor odds = network->forward(examples.values.index_select(0, places));
    const torch::Tensor loss =
        torch::nn::functional::cross_entropy(odds, labels) + network->penalty(schedule.l2);
    loss.backward();
    adam.step();
    const double share = static_cast<double>(end - begin) / static_cast<double>(examples.size());
    measured.loss += share * loss.item<double>();
    measured.accuracy += share * odds.argmax(1).eq(labels).to(torch::kFloat).mean().item<double>();
  }
  return true;
}

void train(const BilstmLessons& lessons, const BilstmSchedule& schedule, const BilstmWatch& watch,
           BilstmNetwork& result) {
  torch::manual_seed(schedule.seed);
  torch::set_num_threads(1);  // sums in one order: the same bytes on every number of processors
  const Examples learn = examples_of(lessons, lessons.learn_values, lessons.learn_labels);
  const Examples check = examples_of(lessons, lessons.check_values, lessons.check_labels);
  Network network(lessons, schedule.dropout);
  std::vector<torch::Tensor> learned;
  for (const torch::Tensor& parameter : network->parameters()) {
    if (parameter.requires_grad()) learned.push_back(parameter);
  }
  // Keras's epsilon, not libtorch's.
  torch::optim::Adam adam(learned, torch::optim::AdamOptions(schedule.learning_rate).eps(1e-7));
  Plateau plateau(schedule);
  double best = -1;
  int waited = 0;
  for (int number = 1; number <= schedule.most_epochs && waited < schedule.patience; ++number) {
    for (auto& group : adam.param_groups()) group.options().set_lr(plateau.rate());
    Measured learning;
    if (!run_epoch(network, adam, learn, schedule, watch, learning)) return;
    const Measured checked = measure(network, check, schedule.l2);
    const double rate = plateau.rate();
    plateau.note(checked.loss);
    ++waited;
    if (checked.accuracy > best) {
      best = checked.accuracy;
      waited = 0;
      result = network->weights();
    }
    if (!watch(
            {{}, number, learning.loss, learning.accuracy, checked.loss, checked.accuracy, rate}))
      return;
  }
}

}  // namespace
}  // namespace kata

extern "C" void kata_train_bilstm(const kata::BilstmLessons& lessons,
                                  const kata::BilstmSchedule& schedule,
                                  const kata::BilstmWatch& watch, kata::BilstmNetwork& network,
                                  std::string& failure) {
  try {
    kata::train(lessons, schedule, watch, network);
  } catch (const c10::Error& error) {
    failure = error.what_without_backtrace();
  } catch (const std::exception& error) {
    failure = error.what();
  }
}
