// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "kata/core/csv_field.h"
#include "kata/core/error.h"
#include "kata/craft/export_formats.h"
#include "kata/craft/label_text.h"

namespace kata {
namespace {

using KeyColumns = std::string (*)(const NumberedRepetition& repetition);

std::string prototype_key(const NumberedRepetition& numbered) {
  return csv_field(numbered.repetition.movement) +
         (numbered.repetition.label == Label::kCorrect ? ",1," : ",0,") +
         std::to_string(numbered.sequence);
}

std::string web_key(const NumberedRepetition& numbered) {
  return csv_field(joined_label(numbered.repetition.movement, numbered.repetition.label)) + "," +
         std::to_string(numbered.sequence);
}

void write_header(std::ostream& stream, const std::string& keys, const RowLayout& layout) {
  stream << keys;
  for (const std::string& name : column_names(layout)) stream << ',' << name;
  stream << '\n';
}

struct CsvFile {
  std::ofstream stream;
  std::filesystem::path place;

  explicit CsvFile(const std::filesystem::path& path)
      : stream(path, std::ios::binary), place(path) {}
};

void write_rows(const Craft& craft, CsvFile& file, const RowLayout& layout, KeyColumns key) {
  visit_numbered(
      craft, [&layout](const OriginalNumbers*) -> const RowLayout& { return layout; },
      [&](const NumberedRepetition& numbered) {
        const std::string keys = key(numbered);
        std::string line;
        for (const std::vector<double>& row : numbered.rows) {
          line = keys;
          for (const double value : row) line.append(1, ',').append(number_text(value));
          file.stream << line << '\n';
        }
        file.stream.flush();
        check_written(file.stream, file.place);
      });
}

}  // namespace

void export_prototype_csv(const Craft& craft, const std::filesystem::path& place,
                          const ExportOptions& options) {
  const RowLayout& layout = row_layout("prototype");
  CsvFile file(place);
  if (options.with_header) write_header(file.stream, "class,accuracy,sequence", layout);
  write_rows(craft, file, layout, prototype_key);
  file.stream.close();
  check_written(file.stream, place);
}

void export_web_csv(const Craft& craft, const std::filesystem::path& place, const ExportOptions&) {
  const RowLayout& layout = row_layout("web");
  CsvFile file(place);
  write_header(file.stream, "label,sequence", layout);
  write_rows(craft, file, layout, web_key);
  file.stream.close();
  check_written(file.stream, place);
}

}  // namespace kata
