// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "spliced_stream.h"

namespace kata::bench {

/// Repetitions of the prototype's CSV files (seed/coordinates_2.csv, seed/hello.csv), in the file's
/// order. They have no times; `rate_hz` gives them some.
std::vector<Piece> seed_pieces(const std::filesystem::path& csv, const std::string& movement,
                               double rate_hz);

/// Repetitions of one movement ("m01") of UI-PRMD by one person ("s01"); empty: all of them.
std::vector<Piece> prmd_pieces(const std::filesystem::path& folder, const std::string& movement,
                               const std::string& subject);

/// The movements of UI-PRMD that are used, and the name of its `number`-th person, from 1 to 10.
const std::vector<std::string>& prmd_movements();
std::string prmd_subject(std::size_t number);

/// Signs of sequences/signs3, at most `most`: somebody else's movements. The sign `but_not` is left
/// out.
std::vector<Piece> sign_pieces(const std::filesystem::path& folder, std::size_t most,
                               const std::string& but_not = "");

/// Every second piece, from `offset` (0 or 1) on, teaches; the rest is done.
void split(const std::vector<Piece>& all, std::size_t offset, std::vector<Piece>& taught,
           std::vector<Piece>& done);

/// The pieces as a teacher's repetitions: one take of right ones, one of wrong ones.
std::vector<Repetition> lessons_of(const std::vector<Piece>& pieces);

}  // namespace kata::bench
