// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/bilstm_network.h"

#include <Eigen/Dense>
#include <algorithm>

#include "kata/core/error.h"

namespace kata {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowsView = Eigen::Map<const Rows>;
using VectorView = Eigen::Map<const Eigen::VectorXf>;

RowsView view_of(const std::vector<float>& values, std::uint32_t rows, std::uint32_t columns) {
  return {values.data(), static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)};
}

Eigen::ArrayXf sigmoid(const Eigen::ArrayXf& x) { return 1 / (1 + (-x).exp()); }

/// Writes the layer's state at every frame into `columns` columns of `out` from `first` on.
void run(const LstmWeights& layer, const Rows& in, bool is_backwards, Eigen::Index first,
         Rows& out) {
  const auto units = static_cast<Eigen::Index>(layer.units);
  const RowsView kernel = view_of(layer.kernel, 4 * layer.units, layer.inputs);
  const RowsView recurrent = view_of(layer.recurrent, 4 * layer.units, layer.units);
  const VectorView bias(layer.bias.data(), 4 * units);
  Rows driven = in * kernel.transpose();
  driven.rowwise() += bias.transpose();
  Eigen::VectorXf state = Eigen::VectorXf::Zero(units);
  Eigen::ArrayXf cell = Eigen::ArrayXf::Zero(units);
  for (Eigen::Index step = 0; step < in.rows(); ++step) {
    const Eigen::Index frame = is_backwards ? in.rows() - 1 - step : step;
    const Eigen::ArrayXf gates = (driven.row(frame).transpose() + recurrent * state).array();
    cell = sigmoid(gates.segment(units, units)) * cell +
           sigmoid(gates.head(units)) * gates.segment(2 * units, units).tanh();
    state = (sigmoid(gates.tail(units)) * cell.tanh()).matrix();
    out.row(frame).segment(first, units) = state.transpose();
  }
}

Eigen::VectorXf apply(const DenseWeights& layer, const Eigen::VectorXf& in) {
  return view_of(layer.weights, layer.outputs, layer.inputs) * in +
         VectorView(layer.bias.data(), static_cast<Eigen::Index>(layer.outputs));
}

void save_lstm(ByteWriter& writer, const LstmWeights& layer) {
  writer.put(layer.inputs);
  writer.put(layer.units);
  writer.put_array(layer.kernel);
  writer.put_array(layer.recurrent);
  writer.put_array(layer.bias);
}

LstmWeights load_lstm(ByteReader& reader, std::size_t units) {
  LstmWeights layer;
  layer.inputs = reader.number<std::uint32_t>();
  layer.units = reader.number<std::uint32_t>();
  layer.kernel = reader.array<float>();
  layer.recurrent = reader.array<float>();
  layer.bias = reader.array<float>();
  ByteReader::expect(layer.units == units && layer.inputs > 0 && layer.inputs < (1U << 16) &&
                     layer.kernel.size() == 4 * units * layer.inputs &&
                     layer.recurrent.size() == 4 * units * units && layer.bias.size() == 4 * units);
  return layer;
}

DenseWeights load_dense(ByteReader& reader, std::size_t inputs) {
  DenseWeights layer;
  layer.inputs = reader.number<std::uint32_t>();
  layer.outputs = reader.number<std::uint32_t>();
  layer.weights = reader.array<float>();
  layer.bias = reader.array<float>();
  ByteReader::expect(layer.inputs == inputs && layer.outputs > 0 &&
                     layer.bias.size() == layer.outputs &&
                     layer.weights.size() == std::size_t{layer.outputs} * layer.inputs);
  return layer;
}

}  // namespace

std::vector<double> BilstmNetwork::probabilities(const Series& series) const {
  KATA_CHECK(series.channels == channels() && series.frames > 0,
             "a series of the learned channels");
  Rows values = view_of(series.values, static_cast<std::uint32_t>(series.channels),
                        static_cast<std::uint32_t>(series.frames))
                    .transpose();
  for (std::size_t layer = 0; layer < kUnits.size(); ++layer) {
    const auto units = static_cast<Eigen::Index>(kUnits[layer]);
    Rows out(values.rows(), 2 * units);
    run(lstm[2 * layer], values, false, 0, out);
    run(lstm[2 * layer + 1], values, true, units, out);
    values = std::move(out);
  }
  // What each direction knows once it has seen everything.
  const auto units = static_cast<Eigen::Index>(kUnits.back());
  Eigen::VectorXf known(2 * units);
  known << values.row(values.rows() - 1).head(units).transpose(),
      values.row(0).tail(units).transpose();
  for (std::size_t i = 0; i < dense.size(); ++i) {
    known = apply(dense[i], known);
    if (i + 1 < dense.size()) known = known.cwiseMax(0.0F);
  }
  const Eigen::ArrayXd powers = (known.array() - known.maxCoeff()).cast<double>().exp();
  const Eigen::ArrayXd shares = powers / powers.sum();
  return {shares.begin(), shares.end()};
}

void BilstmNetwork::save(ByteWriter& writer) const {
  for (const LstmWeights& layer : lstm) save_lstm(writer, layer);
  for (const DenseWeights& layer : dense) {
    writer.put(layer.inputs);
    writer.put(layer.outputs);
    writer.put_array(layer.weights);
    writer.put_array(layer.bias);
  }
}

BilstmNetwork BilstmNetwork::load(ByteReader& reader) {
  BilstmNetwork network;
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    network.lstm[i] = load_lstm(reader, kUnits[i / 2]);
    const std::size_t inputs = i < 2 ? network.lstm[0].inputs : 2 * kUnits[i / 2 - 1];
    ByteReader::expect(network.lstm[i].inputs == inputs);
  }
  std::size_t inputs = 2 * kUnits.back();
  for (std::size_t i = 0; i < network.dense.size(); ++i) {
    network.dense[i] = load_dense(reader, inputs);
    ByteReader::expect(i >= kHidden.size() || network.dense[i].outputs == kHidden[i]);
    inputs = network.dense[i].outputs;
  }
  return network;
}

}  // namespace kata
