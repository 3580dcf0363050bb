// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kata/learn/evaluate.h"
#include "kata/motion/series.h"

namespace kata {

/// Sequences of any tracker or sensor: CSV text with the columns seq, frame and one for each
/// channel.
struct SequenceTable {
  std::vector<std::string> channels;
  std::vector<std::string> names;           ///< of the sequences, in the order of the file
  std::vector<Series> series;               ///< raw; an empty cell is NaN
  std::vector<std::vector<double>> frames;  ///< the frame column of each sequence
};

/// What is known of each sequence: CSV text with the column seq and others.
struct IndexTable {
  std::vector<std::string> columns;
  std::map<std::string, std::vector<std::string>, std::less<>> rows;  ///< by seq, without seq
  std::string file = {};                                              ///< for messages

  /// Throws Error{kInvalidArgument} listing the columns there are.
  std::size_t column(std::string_view name) const;
};

/// Throw Error{kCorrupt} with the line and column that are wrong, and the file's name where given.
SequenceTable parse_sequences(std::string_view csv, std::string_view file = {});
IndexTable parse_index(std::string_view csv, std::string_view file = {});

/// Which columns of the index mean what, and how points are normalised.
struct SequenceRoles {
  std::string label;
  std::string group;   ///< empty: none
  std::string split;   ///< empty: none
  std::string origin;  ///< name of a point; empty: the points' middle
  std::string scale;   ///< "A:B", two points; empty: the points' mean distance
};

/// Channels named <point>_x, _y (, _z) are points: MediaPipe's 75 get the features of a craft,
/// others those of point_features.h; channels without such names are taken as they are.
EvaluationSet evaluation_set_from_sequences(const SequenceTable& sequences, const IndexTable& index,
                                            const SequenceRoles& roles);

}  // namespace kata
